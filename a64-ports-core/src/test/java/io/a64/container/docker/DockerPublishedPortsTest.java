package io.a64.container.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.model.Ports.Binding;
import io.a64.Deadline;
import io.a64.container.ContainerException;
import io.a64.container.ContainerException.Problem;
import io.a64.container.ContainerSpec;
import io.a64.container.Resources;
import io.a64.test.services.RequiresService;
import io.a64.test.services.Service;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Ports as Docker really publishes them. */
@Timeout(60)
@RequiresService(Service.DOCKER)
final class DockerPublishedPortsTest {

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
    void ports_are_published_on_the_publishing_address_only() {
        InspectContainerResponse seen = docker.inspect(runtime.create(TestDocker.spec("shop", 1), deadline()));

        assertThat(seen.getHostConfig().getPortBindings().getBindings().values())
                .allSatisfy(bindings ->
                        assertThat(bindings).extracting(Binding::getHostIp).containsOnly("127.0.0.1"));
    }

    @Test
    void a_publishing_address_of_another_machine_is_no_port_conflict() {
        try (DockerContainerRuntime elsewhere = runtime(settings.withPublishBind("192.0.2.1"))) {
            String id = elsewhere.create(TestDocker.spec("shop", 1), deadline());

            ContainerException failure = failure(() -> elsewhere.start(id, deadline()));

            assertThat(failure.problem()).isEqualTo(Problem.OTHER);
            assertThat(failure).hasMessageContaining("a64.docker.publish-bind");
        }
    }

    @Test
    void a_published_port_is_occupied_by_its_container_until_that_is_removed() {
        ContainerSpec spec = TestDocker.spec("shop", 1);
        List<Integer> external = List.copyOf(spec.ports().values());
        String id = runtime.create(spec, deadline());
        assertThat(runtime.occupied(external, deadline())).isEmpty();

        runtime.start(id, deadline());
        assertThat(runtime.occupied(external, deadline()))
                .containsExactly(
                        Map.entry(external.get(0), "container " + prefix + "-shop (" + id.substring(0, 12) + ")"));
        runtime.remove(id, Duration.ZERO, deadline());

        assertThat(runtime.occupied(external, deadline())).isEmpty();
    }

    @Test
    void a_port_conflict_tells_which_port_is_taken() {
        ContainerSpec first = TestDocker.spec("shop", 1);
        runtime.start(runtime.create(first, deadline()), deadline());
        String id = runtime.create(
                new ContainerSpec(
                        "cart",
                        1,
                        "owner",
                        Service.DEMO_IMAGE,
                        first.ports(),
                        Map.of(),
                        Resources.unlimited(),
                        Optional.empty()),
                deadline());

        ContainerException conflict = failure(() -> runtime.start(id, deadline()));

        assertThat(conflict.problem()).isEqualTo(Problem.PORT_CONFLICT);
        assertThat(conflict.port()).hasValue(first.ports().values().iterator().next());
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
