package io.a64.container.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.a64.Deadline;
import io.a64.FailureKind;
import io.a64.container.ContainerException;
import io.a64.container.ContainerException.Problem;
import io.a64.container.ContainerNetwork;
import io.a64.container.ContainerSpec;
import io.a64.container.ContainerState;
import io.a64.container.ContainerStatus;
import io.a64.container.ModuleContainer;
import io.a64.container.Resources;
import io.a64.container.spi.ContainerRuntime;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What every {@link ContainerRuntime} has to do. Subclass it, implement the {@link RuntimeFixture}, and JUnit runs the
 * contract; containers it creates are called after modules {@code kit-…} and removed after each test.
 */
@Timeout(60)
public abstract class ContainerRuntimeContract extends RuntimeBench {

    private static final Duration GRACE = Duration.ofSeconds(2);
    private static final Duration PROMPT = Duration.ofSeconds(3);
    private static final int TAIL = 50;

    @Test
    final void a_container_serves_on_its_published_port_from_start_to_removal() {
        ContainerSpec spec = spec();

        String id = runtime.create(spec, deadline());
        assertThat(status(id).state()).isEqualTo(ContainerState.CREATED);
        runtime.start(id, deadline());
        awaitServing(spec);
        assertThat(status(id)).isEqualTo(new ContainerStatus(ContainerState.RUNNING, noCode(), 0));
        runtime.remove(id, GRACE, deadline());

        assertThat(status(id).state()).isEqualTo(ContainerState.GONE);
        assertThat(client.get(port(spec), "/health")).isEmpty();
        assertThat(mine()).isEmpty();
    }

    @Test
    final void a_container_is_running_or_has_ended_when_start_returns() {
        String id = runtime.create(spec(), deadline());

        runtime.start(id, deadline());

        assertThat(status(id).state()).isEqualTo(ContainerState.RUNNING);
    }

    @Test
    final void a_created_container_does_not_serve_yet() {
        ContainerSpec spec = spec();

        runtime.create(spec, deadline());

        assertThat(client.get(port(spec), "/health")).isEmpty();
    }

    @Test
    final void creating_again_for_the_same_owner_gives_the_same_container() {
        ContainerSpec spec = spec();
        String id = runtime.create(spec, deadline());

        assertThat(runtime.create(spec, deadline())).isEqualTo(id);

        runtime.start(id, deadline());
        assertThat(runtime.create(spec, deadline())).isEqualTo(id);
        assertThat(mine()).hasSize(1);
    }

    @Test
    final void eight_concurrent_creations_for_one_owner_give_one_container() throws Exception {
        ContainerSpec spec = spec();
        Callable<String> creation = () -> runtime.create(spec, deadline());

        List<String> ids = atOnce(8, creation);

        assertThat(ids).hasSize(8);
        assertThat(ids.stream().distinct()).hasSize(1);
        assertThat(mine()).extracting(ModuleContainer::id).containsExactly(ids.get(0));
    }

    @Test
    final void the_environment_arrives_and_names_module_generation_and_port() {
        String value = "a=b c$HOME;d'e";
        ContainerSpec spec = spec(module, 4711, owner, servingImage(), Map.of("A64_IMAGE", value));

        runtime.start(runtime.create(spec, deadline()), deadline());
        awaitServing(spec);

        assertThat(client.get(port(spec), "/")).contains(value, module, "4711");
    }

    @Test
    final void two_generations_of_a_module_live_beside_each_other() {
        ContainerSpec first = spec();
        ContainerSpec second = spec(module, 2, "next-" + owner, servingImage(), Map.of());

        runtime.start(runtime.create(first, deadline()), deadline());
        runtime.start(runtime.create(second, deadline()), deadline());

        awaitServing(first);
        awaitServing(second);
        assertThat(mine()).extracting(ModuleContainer::generation).containsExactlyInAnyOrder(1, 2);
    }

    @Test
    final void a_missing_image_is_reported_and_leaves_nothing_behind() {
        ContainerSpec spec = spec(module, 1, owner, missingImage(), Map.of());

        ContainerException refused = refusal(() -> runtime.create(spec, deadline()));

        assertThat(refused.problem()).isEqualTo(Problem.IMAGE_NOT_FOUND);
        assertThat(refused.kind()).isEqualTo(FailureKind.MODULE_FAILED);
        assertThat(refused).hasMessageContaining(missingImage());
        assertThat(mine()).isEmpty();
    }

    @Test
    final void a_process_that_exits_at_once_shows_its_exit_code_and_last_words() {
        String id = runtime.create(exitingAtOnce(spec()), deadline());

        runtime.start(id, deadline());

        eventually().until(() -> status(id).state() == ContainerState.EXITED);
        assertThat(status(id).exitCode()).hasValue(exitCode());
        eventually()
                .untilAsserted(
                        () -> assertThat(runtime.logTail(id, TAIL, deadline())).containsSubsequence(lastWords()));
        assertThat(mine()).extracting(ModuleContainer::state).containsExactly(ContainerState.EXITED);
    }

    @Test
    final void the_log_tail_has_at_most_the_lines_asked_for() {
        String id = runtime.create(exitingAtOnce(spec()), deadline());
        runtime.start(id, deadline());

        eventually().until(() -> !runtime.logTail(id, 1, deadline()).isEmpty());

        assertThat(runtime.logTail(id, 1, deadline())).hasSize(1);
        assertThat(runtime.logTail(id, 0, deadline())).isEmpty();
    }

    @Test
    final void a_container_that_never_ran_and_one_that_is_unknown_have_no_log() {
        String id = runtime.create(spec(), deadline());

        assertThat(runtime.logTail(id, TAIL, deadline())).isEmpty();
        assertThat(runtime.logTail(unknownId(), TAIL, deadline())).isEmpty();
    }

    @Test
    final void starting_a_running_container_is_quiet() {
        ContainerSpec spec = spec();
        String id = runtime.create(spec, deadline());
        runtime.start(id, deadline());

        assertThatCode(() -> runtime.start(id, deadline())).doesNotThrowAnyException();

        awaitServing(spec);
    }

    @Test
    final void starting_an_unknown_container_is_reported() {
        ContainerException refused = refusal(() -> runtime.start(unknownId(), deadline()));

        assertThat(refused.problem()).isEqualTo(Problem.NOT_FOUND);
    }

    @Test
    final void removing_twice_or_what_never_was_is_quiet() {
        String id = runtime.create(spec(), deadline());
        runtime.remove(id, GRACE, deadline());

        assertThatCode(() -> runtime.remove(id, GRACE, deadline())).doesNotThrowAnyException();
        assertThatCode(() -> runtime.remove(unknownId(), GRACE, deadline())).doesNotThrowAnyException();
    }

    @Test
    final void concurrent_removals_of_one_container_are_all_quiet() throws Exception {
        String id = runtime.create(spec(), deadline());
        runtime.start(id, deadline());

        atOnce(4, () -> {
            runtime.remove(id, GRACE, deadline());
            return id;
        });

        assertThat(status(id).state()).isEqualTo(ContainerState.GONE);
    }

    @Test
    final void an_unknown_container_is_gone() {
        assertThat(status(unknownId())).isEqualTo(new ContainerStatus(ContainerState.GONE, noCode(), 0));
    }

    @Test
    final void a_port_that_another_process_holds_is_reported_at_start() throws IOException {
        ContainerSpec spec = spec();
        String id = runtime.create(spec, deadline());
        try (ServerSocket holder = ports.bind(port(spec))) {
            ContainerException refused = refusal(() -> runtime.start(id, deadline()));

            assertThat(holder.isBound()).isTrue();
            assertThat(refused.problem()).isEqualTo(Problem.PORT_CONFLICT);
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
        calls.add(() -> runtime.start(id, deadline));
        calls.add(() -> runtime.remove(id, GRACE, deadline));
        return calls;
    }
}
