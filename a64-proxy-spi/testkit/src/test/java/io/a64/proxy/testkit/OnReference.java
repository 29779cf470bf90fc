package io.a64.proxy.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.a64.proxy.spi.RouteWriter;
import io.a64.testkit.ContractRun;
import org.junit.jupiter.api.AfterEach;

/** The contract on the reference. Subclasses plant one fault each, by overriding one method of one part. */
abstract class OnReference extends RoutedTrafficContract {

    private final ReferenceProxy proxy = proxy();

    /** Runs those tests of a contract class, and asserts that each of them fails. */
    static void assertCaught(Class<? extends OnReference> broken, String... tests) {
        assertThat(ContractRun.of(broken, tests).failed()).containsExactlyInAnyOrder(tests);
    }

    ReferenceGuards guards() {
        return new ReferenceGuards();
    }

    ReferenceMessages messages() {
        return new ReferenceMessages();
    }

    ReferenceReplicas replicas() {
        return new ReferenceReplicas();
    }

    ReferenceProxy proxy() {
        return new ReferenceProxy(guards(), messages(), replicas());
    }

    ReferenceWriter writer(ReferenceProxy shared) {
        return new ReferenceWriter(shared);
    }

    @Override
    protected final RouteWriter open() {
        return writer(proxy);
    }

    @AfterEach
    void stopProxy() {
        proxy.close();
    }
}
