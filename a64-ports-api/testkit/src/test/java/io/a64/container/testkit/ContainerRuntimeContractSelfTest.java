package io.a64.container.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.a64.testkit.ContractRun;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Events;

/** A correct runtime passes the contract, and each planted fault is caught by the test that is about it. */
final class ContainerRuntimeContractSelfTest {

    @Test
    void a_correct_runtime_passes_every_test() {
        ContractRun run = ContractRun.of(FaultyRuntimes.IsCorrect.class);

        assertThat(run.failed()).isEmpty();
        assertThat(run.started()).isGreaterThan(20);
    }

    @Test
    void reporting_started_before_it_is_gets_caught() {
        assertThat(failedBy(FaultyRuntimes.ReportsStartedBeforeItIs.class))
                .contains("a_container_is_running_or_has_ended_when_start_returns");
    }

    @Test
    void leaving_the_container_of_a_failed_creation_gets_caught() {
        assertThat(failedBy(FaultyRuntimes.LeavesTheContainerOfAFailedCreation.class))
                .containsExactly("a_missing_image_is_reported_and_leaves_nothing_behind");
    }

    @Test
    void forgetting_the_log_gets_caught() {
        assertThat(failedBy(FaultyRuntimes.ForgetsTheLog.class))
                .contains("a_process_that_exits_at_once_shows_its_exit_code_and_last_words");
    }

    @Test
    void replacing_a_foreign_container_gets_caught() {
        assertThat(failedBy(FaultyRuntimes.ReplacesAForeignContainer.class))
                .containsExactly("a_foreign_container_is_neither_listed_nor_touched_nor_replaced");
    }

    @Test
    void listing_foreign_containers_gets_caught() {
        assertThat(failedBy(FaultyRuntimes.ListsForeignContainers.class))
                .containsExactly("a_foreign_container_is_neither_listed_nor_touched_nor_replaced");
    }

    @Test
    void failing_to_start_twice_gets_caught() {
        assertThat(failedBy(FaultyRuntimes.FailsToStartTwice.class))
                .containsExactly("starting_a_running_container_is_quiet");
    }

    @Test
    void ignoring_a_port_conflict_gets_caught() {
        assertThat(failedBy(FaultyRuntimes.IgnoresAPortConflict.class))
                .containsExactly(
                        "a_port_that_another_container_holds_is_reported_at_start",
                        "a_port_that_another_process_holds_is_reported_at_start");
    }

    @Test
    void creating_the_same_twice_gets_caught() {
        assertThat(failedBy(FaultyRuntimes.CreatesTheSameTwice.class))
                .containsExactly(
                        "creating_again_for_the_same_owner_gives_the_same_container",
                        "eight_concurrent_creations_for_one_owner_give_one_container");
    }

    @Test
    void replacing_the_running_container_of_another_owner_gets_caught() {
        assertThat(failedBy(FaultyRuntimes.ReplacesARunningContainer.class))
                .containsExactly("the_running_container_of_another_owner_is_left_alone");
    }

    @Test
    void failing_to_remove_twice_gets_caught() {
        assertThat(failedBy(FaultyRuntimes.FailsToRemoveTwice.class))
                .contains("removing_twice_or_what_never_was_is_quiet");
    }

    @Test
    void keeping_the_port_after_removal_gets_caught() {
        assertThat(failedBy(FaultyRuntimes.KeepsThePortAfterRemoval.class))
                .containsExactly("a_container_serves_on_its_published_port_from_start_to_removal");
    }

    @Test
    void losing_the_environment_gets_caught() {
        assertThat(failedBy(FaultyRuntimes.LosesTheEnvironment.class))
                .contains("the_environment_arrives_and_names_module_generation_and_port");
    }

    @Test
    void ignoring_the_deadline_gets_caught() {
        assertThat(failedBy(FaultyRuntimes.IgnoresTheDeadline.class))
                .containsExactly("nothing_is_begun_after_the_deadline");
    }

    @Test
    void swallowing_an_interrupt_gets_caught() {
        assertThat(failedBy(FaultyRuntimes.SwallowsAnInterrupt.class))
                .containsExactly("an_interrupt_ends_a_call_early_and_stays_visible");
    }

    @Test
    void inventing_unknown_containers_gets_caught() {
        assertThat(failedBy(FaultyRuntimes.InventsUnknownContainers.class)).contains("an_unknown_container_is_gone");
    }

    @Test
    void saying_of_every_port_that_it_is_free_gets_caught() {
        assertThat(failedBy(FaultyRuntimes.SaysAlwaysFree.class))
                .containsExactly(
                        "a_port_with_a_listener_on_0_0_0_0_is_occupied",
                        "a_port_with_a_listener_on_127_0_0_1_is_occupied",
                        "a_port_with_a_listener_on_127_0_0_2_is_occupied",
                        "a_port_with_a_listener_on_ipv6_loopback_is_occupied");
    }

    @Test
    void saying_of_every_port_that_it_is_occupied_gets_caught() {
        assertThat(failedBy(FaultyRuntimes.SaysAlwaysOccupied.class))
                .contains(
                        "a_port_that_nothing_is_bound_to_is_not_occupied",
                        "a_port_whose_listener_has_closed_is_not_occupied_while_its_connections_wait");
    }

    @Test
    void mistaking_time_wait_for_a_listener_gets_caught() {
        assertThat(failedBy(FaultyRuntimes.MistakesTimeWaitForAListener.class))
                .as("this one, and any other whose port still has connections of an earlier test")
                .contains("a_port_whose_listener_has_closed_is_not_occupied_while_its_connections_wait");
    }

    @Test
    void looking_at_one_address_only_gets_caught() {
        assertThat(failedBy(FaultyRuntimes.LooksAtOneAddressOnly.class))
                .containsExactly(
                        "a_port_with_a_listener_on_127_0_0_2_is_occupied",
                        "a_port_with_a_listener_on_ipv6_loopback_is_occupied");
    }

    @Test
    void giving_no_evidence_gets_caught() {
        assertThat(failedBy(FaultyRuntimes.GivesNoEvidence.class))
                .containsExactly(
                        "a_port_with_a_listener_on_0_0_0_0_is_occupied",
                        "a_port_with_a_listener_on_127_0_0_1_is_occupied",
                        "a_port_with_a_listener_on_127_0_0_2_is_occupied",
                        "a_port_with_a_listener_on_ipv6_loopback_is_occupied");
    }

    @Test
    void keeping_the_port_that_is_looked_at_gets_caught() {
        assertThat(failedBy(FaultyRuntimes.KeepsThePortItLooksAt.class)).contains("looking_at_a_port_leaves_it_free");
    }

    @Test
    void naming_another_port_in_a_conflict_gets_caught() {
        assertThat(failedBy(FaultyRuntimes.NamesAnotherPortInAConflict.class))
                .containsExactly("a_port_that_another_process_holds_is_reported_at_start");
    }

    @Test
    void a_runtime_that_does_not_look_is_not_asked_what_it_sees_and_the_reason_is_told() {
        Events tests = EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(FaultyRuntimes.DoesNotLook.class))
                .execute()
                .testEvents();

        assertThat(tests.failed().list()).isEmpty();
        assertThat(tests.aborted().list())
                .hasSize(6)
                .allSatisfy(test -> assertThat(test.getRequiredPayload(TestExecutionResult.class)
                                .getThrowable()
                                .orElseThrow())
                        .hasMessageContaining("does not look"));
    }

    private static List<String> failedBy(Class<?> faulty) {
        return ContractRun.of(faulty).failed();
    }
}
