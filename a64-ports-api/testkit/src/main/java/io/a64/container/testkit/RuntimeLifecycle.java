package io.a64.container.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.a64.FailureKind;
import io.a64.container.ContainerException;
import io.a64.container.ContainerException.Problem;
import io.a64.container.ContainerSpec;
import io.a64.container.ContainerState;
import io.a64.container.ContainerStatus;
import io.a64.container.ModuleContainer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/** From creation to removal: what a container does, and what is left of it. */
abstract class RuntimeLifecycle extends RuntimeBench {

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
}
