package io.a64.container.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.a64.FailureKind;
import io.a64.container.ContainerException;
import io.a64.container.ContainerException.Problem;
import io.a64.container.ContainerSpec;
import io.a64.container.ContainerState;
import io.a64.container.ModuleContainer;
import io.a64.container.Resources;
import java.io.IOException;
import java.net.ServerSocket;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Ports and names that somebody else has. */
abstract class RuntimeConflicts extends RuntimeLifecycle {

    @Test
    final void a_port_that_another_process_holds_is_reported_at_start() throws IOException {
        ContainerSpec spec = spec();
        String id = runtime.create(spec, deadline());
        try (ServerSocket holder = ports.bind(port(spec))) {
            ContainerException refused = refusal(() -> runtime.start(id, deadline()));

            assertThat(holder.isBound()).isTrue();
            assertThat(refused.problem()).isEqualTo(Problem.PORT_CONFLICT);
            assertThat(refused.port()).isIn(OptionalInt.of(port(spec)), OptionalInt.empty());
            assertThat(status(id).state()).isNotEqualTo(ContainerState.RUNNING);
        }
        runtime.remove(id, GRACE, deadline());
        assertThat(mine()).isEmpty();
    }

    @Test
    final void a_port_that_another_container_holds_is_reported_at_start() {
        ContainerSpec first = spec();
        ContainerSpec second = new ContainerSpec(
                module + "-b",
                1,
                owner,
                servingImage(),
                new TreeMap<>(first.ports()),
                Map.of(),
                Resources.unlimited(),
                Optional.empty());
        runtime.start(runtime.create(first, deadline()), deadline());
        String id = runtime.create(second, deadline());

        assertThat(refusal(() -> runtime.start(id, deadline())).problem()).isEqualTo(Problem.PORT_CONFLICT);

        awaitServing(first);
    }

    @Test
    final void a_foreign_container_is_neither_listed_nor_touched_nor_replaced() {
        try (ForeignContainer foreign = foreignContainer(runtime, module)) {
            ContainerException refused = refusal(() -> runtime.create(spec(), deadline()));

            assertThat(refused.problem()).isEqualTo(Problem.NAME_CONFLICT);
            assertThat(refused.kind()).isEqualTo(FailureKind.CONFLICT);
            assertThat(refused).hasMessageContaining(module);
            assertThat(mine()).isEmpty();
            assertThat(foreign.isUntouched()).isTrue();
        }
    }

    @Test
    final void the_running_container_of_another_owner_is_left_alone() {
        ContainerSpec theirs = spec();
        String id = runtime.create(theirs, deadline());
        runtime.start(id, deadline());

        ContainerException refused =
                refusal(() -> runtime.create(spec(module, 1, "other-" + owner, servingImage(), Map.of()), deadline()));

        assertThat(refused.problem()).isEqualTo(Problem.NAME_CONFLICT);
        assertThat(mine()).extracting(ModuleContainer::id).containsExactly(id);
        awaitServing(theirs);
    }

    @Test
    final void a_leftover_of_another_owner_that_does_not_run_is_replaced() {
        String leftover = runtime.create(spec(), deadline());

        String id = runtime.create(spec(module, 1, "other-" + owner, servingImage(), Map.of()), deadline());

        assertThat(id).isNotEqualTo(leftover);
        assertThat(mine()).extracting(ModuleContainer::owner).containsExactly("other-" + owner);
    }
}
