package io.a64.deploy;

import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;

final class DeployerBuilderTest {

    @Test
    void without_an_engine_the_message_names_the_artifact_to_add() {
        assertThatIllegalStateException()
                .isThrownBy(() -> ModuleDeployer.builder().build())
                .withMessageContaining("io.a64:a64-ports-core");
    }
}
