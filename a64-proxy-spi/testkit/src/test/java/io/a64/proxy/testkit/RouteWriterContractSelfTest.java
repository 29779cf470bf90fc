package io.a64.proxy.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.a64.proxy.spi.RouteWriter;
import io.a64.testkit.ContractRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The contract is worth what it catches: a correct writer passes, and every planted fault fails by name. */
final class RouteWriterContractSelfTest {

    @Test
    void aCorrectWriterPasses() {
        ContractRun run = ContractRun.of(Correct.class);

        assertThat(run.failed()).isEmpty();
        assertThat(run.started()).isGreaterThan(20);
    }

    abstract static class OnReference extends RoutedTrafficContract {

        private final ReferenceProxy proxy = proxy();

        ReferenceProxy proxy() {
            return new ReferenceProxy();
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

    static final class Correct extends OnReference {}
}
