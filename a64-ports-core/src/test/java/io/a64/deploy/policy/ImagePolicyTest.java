package io.a64.deploy.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.a64.module.ModuleSpec;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ImagePolicyTest {

    @Test
    void only_listed_registries_are_admitted() {
        ImagePolicy policy = ImagePolicy.allowingRegistries(List.of("localhost:5000"));

        assertThat(policy.objection(image("localhost:5000/shop:1"))).isEmpty();
        assertThat(policy.objection(image("localhost:5001/shop:1")))
                .hasValueSatisfying(why -> assertThat(why).contains("localhost:5001", "localhost:5000"));
        assertThat(policy.objection(image("shop:1")))
                .hasValueSatisfying(why -> assertThat(why).contains("docker.io"));
    }

    @Test
    void a_star_admits_all() {
        assertThat(ImagePolicy.allowingRegistries(List.of("*")).objection(image("shop:1")))
                .isEmpty();
    }

    private static ModuleSpec image(String reference) {
        return ModuleSpec.builder("shop").image(reference).port(80).spec();
    }
}
