package io.a64.container.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.Network;
import io.a64.Deadline;
import io.a64.container.ContainerException;
import io.a64.container.ContainerException.Problem;
import io.a64.container.ContainerNetwork;
import io.a64.container.ContainerSpec;
import io.a64.container.ContainerState;
import io.a64.container.Resources;
import io.a64.container.testkit.ForeignContainer;
import io.a64.test.services.RequiresService;
import io.a64.test.services.Service;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What only Docker can show: names, labels, networks, limits. */
@Timeout(60)
@RequiresService(Service.DOCKER)
final class DockerContainerRuntimeTest {

    private final String prefix = TestDocker.uniqueName();
    private final TestDocker docker = new TestDocker();
    private final DockerRuntimeSettings settings =
            DockerRuntimeSettings.defaults().withHost(Service.dockerHost()).withNamePrefix(prefix);
    private final DockerContainerRuntime runtime = runtime(settings);

    @AfterEach
    void removeAll() {
        docker.removeEverythingOf(prefix);
        docker.close();
        runtime.close();
    }

    @Test
    void a_container_has_name_labels_and_the_module_s_name_in_the_network() {
        InspectContainerResponse seen = docker.inspect(runtime.create(TestDocker.spec("shop", 1), deadline()));

        assertThat(seen.getName()).isEqualTo("/" + prefix + "-shop");
        assertThat(seen.getConfig().getLabels())
                .containsEntry("io.a64.platform", prefix)
                .containsEntry("io.a64.module", "shop")
                .containsEntry("io.a64.generation", "1")
                .containsEntry("io.a64.owner", "owner");
        assertThat(seen.getNetworkSettings().getNetworks())
                .hasEntrySatisfying(
                        prefix, endpoint -> assertThat(endpoint.getAliases()).contains("shop"));
    }

    @Test
    void a_later_generation_has_a_name_of_its_own() {
        InspectContainerResponse seen = docker.inspect(runtime.create(TestDocker.spec("shop", 2), deadline()));

        assertThat(seen.getName()).isEqualTo("/" + prefix + "-shop-g2");
    }

    @Test
    void a_container_gets_no_more_than_it_needs() {
        ContainerSpec spec = TestDocker.spec("shop", 1, new Resources(64L << 20, 0.5));

        HostConfig config = docker.inspect(runtime.create(spec, deadline())).getHostConfig();

        assertThat(config.getSecurityOpts()).contains("no-new-privileges");
        assertThat(config.getPidsLimit()).isEqualTo(256);
        assertThat(config.getMemory()).isEqualTo(64L << 20);
        assertThat(config.getMemorySwap()).isEqualTo(64L << 20);
        assertThat(config.getNanoCPUs()).isEqualTo(500_000_000);
        assertThat(config.getInit()).isTrue();
        assertThat(config.getPrivileged()).isFalse();
        assertThat(config.getRestartPolicy().getName()).isIn("", "no");
        assertThat(config.getLogConfig().getConfig())
                .containsEntry("max-size", "10m")
                .containsEntry("max-file", "3");
    }

    @Test
    void a_paused_container_counts_as_running_and_goes_on_when_started() {
        String id = runtime.create(TestDocker.spec("shop", 1), deadline());
        runtime.start(id, deadline());
        docker.client().pauseContainerCmd(id).exec();

        assertThat(runtime.status(id, deadline()).state()).isEqualTo(ContainerState.RUNNING);
        runtime.start(id, deadline());

        assertThat(docker.inspect(id).getState().getPaused()).isFalse();
    }

    @Test
    void a_paused_container_can_be_removed() {
        String id = runtime.create(TestDocker.spec("shop", 1), deadline());
        runtime.start(id, deadline());
        docker.client().pauseContainerCmd(id).exec();

        runtime.remove(id, Duration.ofSeconds(1), deadline());

        assertThat(runtime.status(id, deadline()).state()).isEqualTo(ContainerState.GONE);
    }

    @Test
    void a_container_that_is_not_ours_is_not_removed_even_by_its_id() {
        try (ForeignContainer foreign = docker.foreignContainer(prefix + "-shop")) {
            ContainerException refused = failure(() -> runtime.remove(prefix + "-shop", Duration.ZERO, deadline()));

            assertThat(refused.problem()).isEqualTo(Problem.NAME_CONFLICT);
            assertThat(foreign.isUntouched()).isTrue();
        }
    }

    @Test
    void another_platform_s_container_is_not_ours() {
        try (DockerContainerRuntime other = runtime(new DockerRuntimeSettings(
                settings.host(),
                settings.network(),
                settings.publishBind(),
                prefix,
                prefix + "-o",
                settings.portProbe()))) {
            other.create(TestDocker.spec("shop", 1), deadline());

            assertThat(runtime.list(deadline())).isEmpty();
            assertThat(failure(() -> runtime.create(TestDocker.spec("shop", 1), deadline()))
                            .problem())
                    .isEqualTo(Problem.NAME_CONFLICT);
        } finally {
            docker.removeEverythingOf(prefix + "-o");
        }
    }

    @Test
    void eight_threads_that_miss_the_network_create_it_once() throws Exception {
        List<Callable<Optional<ContainerNetwork>>> lookups = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            lookups.add(() -> runtime.network(deadline()));
        }
        ExecutorService executor = Executors.newFixedThreadPool(lookups.size());
        try {
            for (Future<Optional<ContainerNetwork>> network : executor.invokeAll(lookups)) {
                assertThat(network.get()).isEqualTo(runtime.network(deadline()));
            }
        } finally {
            executor.shutdownNow();
        }
        assertThat(docker.client().listNetworksCmd().exec())
                .filteredOn(network -> network.getName().equals(prefix))
                .hasSize(1);
    }

    @Test
    void a_named_network_is_found_by_name_and_by_id() {
        ContainerNetwork own = runtime.network(deadline()).orElseThrow();

        assertThat(networkOf(prefix)).contains(own);
        assertThat(networkOf(own.id())).contains(own);
    }

    @Test
    void a_named_network_that_is_missing_is_reported_with_the_setting() {
        ContainerException failure = failure(() -> networkOf(prefix + "-missing"));

        assertThat(failure.problem()).isEqualTo(Problem.NETWORK_NOT_FOUND);
        assertThat(failure).hasMessageContaining(prefix + "-missing").hasMessageContaining("a64.docker.network");
    }

    @Test
    void the_default_bridge_can_be_named_and_has_no_aliases() {
        try (DockerContainerRuntime onBridge = runtime(settings.withNetwork("bridge"))) {
            String id = onBridge.create(TestDocker.spec("shop", 1), deadline());

            onBridge.start(id, deadline());

            assertThat(docker.inspect(id).getNetworkSettings().getNetworks()).containsOnlyKeys("bridge");
        }
    }

    @Test
    void a_network_that_vanished_before_the_start_is_no_missing_image() {
        String id = runtime.create(TestDocker.spec("shop", 1), deadline());
        for (Network network : docker.client().listNetworksCmd().exec()) {
            if (network.getName().equals(prefix)) {
                docker.client().removeNetworkCmd(network.getId()).exec();
            }
        }

        assertThat(failure(() -> runtime.start(id, deadline())).problem()).isEqualTo(Problem.NETWORK_NOT_FOUND);
    }

    @Test
    void more_than_docker_grants_is_an_invalid_specification() {
        ContainerSpec spec = TestDocker.spec("shop", 1, new Resources(0, 1000));

        assertThat(failure(() -> runtime.create(spec, deadline())).problem()).isEqualTo(Problem.INVALID_SPEC);
        assertThat(runtime.list(deadline())).isEmpty();
    }

    private Optional<ContainerNetwork> networkOf(String network) {
        try (DockerContainerRuntime named = runtime(settings.withNetwork(network))) {
            return named.network(deadline());
        }
    }

    private DockerContainerRuntime runtime(DockerRuntimeSettings other) {
        return new DockerContainerRuntime(other, TestDocker.notInAContainer(), prefix);
    }

    private static ContainerException failure(ThrowingCallable call) {
        Throwable thrown = catchThrowable(call);
        assertThat(thrown).isInstanceOf(ContainerException.class);
        return (ContainerException) thrown;
    }

    private static Deadline deadline() {
        return Deadline.after(Duration.ofSeconds(30));
    }
}
