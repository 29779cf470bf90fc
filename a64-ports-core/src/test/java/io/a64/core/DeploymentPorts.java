package io.a64.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.a64.Deadline;
import io.a64.FailureKind;
import io.a64.deploy.Deployment;
import io.a64.deploy.DeploymentException;
import io.a64.deploy.ModuleDeployer;
import io.a64.ports.PortReservation;
import io.a64.ports.PortStatistics;
import io.a64.ports.event.PortEvent;
import io.a64.ports.event.PortEvent.PortQuarantined;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Which ports a module gets when others want them too, or have them already. */
abstract class DeploymentPorts extends DeploymentFailures {

    private static final Duration A_WHILE = Duration.ofMinutes(10);

    @Test
    void a_port_that_something_else_is_bound_to_is_quarantined_and_the_next_one_taken() throws IOException {
        List<PortEvent> events = new CopyOnWriteArrayList<>();
        try (ServerSocket stranger = bind(firstPort());
                ModuleDeployer deployer =
                        world().deployer().portListener(events::add).build()) {
            Deployment deployment = deployer.deploy(spec("shop", world().image()), LIMIT);

            assertThat(deployment.ports()).containsValue(stranger.getLocalPort() + 1);
            assertThat(deployer.portStatistics().quarantined()).isEqualTo(1);
            assertThat(events).singleElement().isInstanceOfSatisfying(PortQuarantined.class, event -> {
                assertThat(event.port()).isEqualTo(stranger.getLocalPort());
                assertThat(event.module()).isEqualTo("shop");
                assertThat(event.evidence()).isNotBlank();
            });
            assertReached(deployment);
        }
    }

    @Test
    @DisplayName("case 38: a port that is taken after it was looked at is quarantined when the runtime cannot bind it")
    void the_runtime_is_the_last_judge_of_a_port() throws IOException {
        World blind = world().with(new Blind(world().runtime()));
        try (ServerSocket stranger = bind(firstPort());
                ModuleDeployer deployer = blind.deployer().build()) {
            Deployment deployment = deployer.deploy(spec("shop", world().image()), LIMIT);

            assertThat(deployment.ports()).containsValue(stranger.getLocalPort() + 1);
            assertThat(deployer.portStatistics().quarantined()).isEqualTo(1);
        }
    }

    @Test
    @DisplayName("case 38: after three more tries with other ports the deployment fails clearly and leaves nothing")
    void tries_with_other_ports_come_to_an_end() throws IOException {
        World blind = world().with(new Blind(world().runtime()));
        List<ServerSocket> strangers = new ArrayList<>();
        try (ModuleDeployer deployer = blind.deployer().build()) {
            for (int i = 0; i < 4; i++) {
                strangers.add(bind(firstPort() + i));
            }
            assertThatExceptionOfType(DeploymentException.class)
                    .isThrownBy(() -> deployer.deploy(spec("shop", world().image()), LIMIT))
                    .satisfies(failure -> {
                        assertThat(failure.kind()).isEqualTo(FailureKind.CONFLICT);
                        assertThat(failure).hasMessageContaining(Integer.toString(firstPort() + 3));
                    });
            assertThat(world().held()).isEmpty();
            assertThat(deployer.portStatistics().quarantined()).isEqualTo(4);
        } finally {
            for (ServerSocket stranger : strangers) {
                stranger.close();
            }
        }
    }

    @Test
    void a_deployment_gets_exactly_the_ports_that_were_reserved_also_after_one_that_failed() {
        try (ModuleDeployer deployer = world().deployer().build()) {
            deployer.reservePorts("earlier", List.of(8080), A_WHILE);
            PortReservation reservation = deployer.reservePorts("shop", List.of(8080), A_WHILE);
            assertThat(deployer.cancelPortReservation("earlier")).isTrue();

            assertThatExceptionOfType(DeploymentException.class)
                    .isThrownBy(() -> deployer.deploy(spec("shop", world().brokenImage()), LIMIT));
            assertThat(deployer.portReservations()).containsExactly(reservation);

            assertThat(deployer.deploy(spec("shop", world().image()), LIMIT).ports())
                    .isEqualTo(reservation.ports());
            assertThat(deployer.portReservations()).isEmpty();
        }
    }

    @Test
    void an_installed_module_cannot_reserve_ports() {
        try (ModuleDeployer deployer = world().deployer().build()) {
            deployer.deploy(spec("shop", world().image()), LIMIT);

            assertThatExceptionOfType(DeploymentException.class)
                    .isThrownBy(() -> deployer.reservePorts("shop", List.of(8080), A_WHILE))
                    .satisfies(failure -> assertThat(failure.kind()).isEqualTo(FailureKind.CONFLICT));
        }
    }

    @Test
    void exactly_the_ports_that_are_asked_for_are_given_or_none() {
        int wanted = firstPort() + 7;
        try (ModuleDeployer deployer = world().deployer().build()) {
            assertThat(deployer.module("shop")
                            .port(8080)
                            .exactPorts(Map.of(8080, wanted))
                            .image(spec("shop", world().image()).image())
                            .deploy()
                            .ports())
                    .containsEntry(8080, wanted);
            List<String> before = world().held();

            assertThatExceptionOfType(DeploymentException.class)
                    .isThrownBy(() -> deployer.module("blog")
                            .port(8080)
                            .exactPorts(Map.of(8080, wanted))
                            .image(spec("blog", world().image()).image())
                            .deploy())
                    .satisfies(failure -> {
                        assertThat(failure.kind()).isEqualTo(FailureKind.CONFLICT);
                        assertThat(failure).hasMessageContainingAll(Integer.toString(wanted), "shop");
                    });
            assertThat(world().held()).isEqualTo(before);
        }
    }

    private int firstPort() {
        PortStatistics statistics = world().allocator().statistics(Deadline.after(LIMIT));
        return statistics.range().first();
    }

    private static ServerSocket bind(int port) throws IOException {
        return new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
    }
}
