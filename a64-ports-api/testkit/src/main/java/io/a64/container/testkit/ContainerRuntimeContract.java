package io.a64.container.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.a64.Deadline;
import io.a64.FailureKind;
import io.a64.container.ContainerNetwork;
import io.a64.container.ContainerSpec;
import io.a64.container.ContainerState;
import io.a64.container.ModuleContainer;
import io.a64.container.Resources;
import io.a64.container.spi.ContainerRuntime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What every {@link ContainerRuntime} has to do. Subclass it, implement the {@link RuntimeFixture}, and JUnit runs the
 * contract; containers it creates are called after modules {@code kit-…} and removed after each test.
 */
@Timeout(60)
public abstract class ContainerRuntimeContract extends RuntimeOccupiedPorts {

    private static final Duration PROMPT = Duration.ofSeconds(3);

    @Test
    final void the_list_shows_each_container_with_module_generation_owner_and_state() {
        String created = runtime.create(spec(), deadline());
        String started = runtime.create(spec(module + "-b", 3, "b-" + owner, servingImage(), Map.of()), deadline());
        runtime.start(started, deadline());

        assertThat(mine())
                .containsExactlyInAnyOrder(
                        new ModuleContainer(created, module, 1, owner, ContainerState.CREATED),
                        new ModuleContainer(started, module + "-b", 3, "b-" + owner, ContainerState.RUNNING));
    }

    @Test
    final void the_network_is_always_the_same_and_can_be_joined() {
        Optional<ContainerNetwork> network = runtime.network(deadline());
        ContainerSpec plain = spec();
        ContainerSpec spec = new ContainerSpec(
                module, 1, owner, servingImage(), plain.ports(), Map.of(), Resources.unlimited(), network);

        runtime.start(runtime.create(spec, deadline()), deadline());

        awaitServing(spec);
        assertThat(runtime.network(deadline())).isEqualTo(network);
    }

    @Test
    final void nothing_is_begun_after_the_deadline() {
        Deadline passed = Deadline.after(Duration.ZERO);

        assertThat(refusal(() -> runtime.create(spec(), passed)).kind()).isEqualTo(FailureKind.DEADLINE_EXCEEDED);

        assertThat(mine()).isEmpty();
    }

    @Test
    final void a_short_deadline_ends_every_call_promptly() {
        String id = runtime.create(spec(), deadline());
        long start = System.nanoTime();

        for (Runnable call : everyCall(id, Deadline.after(Duration.ofMillis(1)))) {
            endsQuietlyOrTyped(call);
        }

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(PROMPT);
    }

    @Test
    final void an_interrupt_ends_a_call_early_and_stays_visible() {
        ContainerSpec spec = spec();
        String id = runtime.create(spec, deadline());
        long start = System.nanoTime();

        for (Runnable call : everyCall(id, deadline())) {
            Thread.currentThread().interrupt();
            endsQuietlyOrTyped(call);
            assertThat(Thread.interrupted()).isTrue();
        }

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(PROMPT);
    }

    @Test
    final void the_runtime_can_be_reached_and_closed_twice() {
        ContainerRuntime own = createRuntime();

        assertThatCode(() -> own.ping(deadline())).doesNotThrowAnyException();
        own.close();

        assertThatCode(own::close).doesNotThrowAnyException();
    }

    private List<Runnable> everyCall(String id, Deadline deadline) {
        List<Runnable> calls = new ArrayList<>();
        calls.add(() -> runtime.ping(deadline));
        calls.add(() -> runtime.network(deadline));
        calls.add(() -> runtime.create(spec(), deadline));
        calls.add(() -> runtime.status(id, deadline));
        calls.add(() -> runtime.logTail(id, TAIL, deadline));
        calls.add(() -> runtime.list(deadline));
        calls.add(() -> runtime.occupied(List.of(ports.next()), deadline));
        calls.add(() -> runtime.start(id, deadline));
        calls.add(() -> runtime.remove(id, GRACE, deadline));
        return calls;
    }
}
