package io.a64.container.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.a64.container.ContainerSpec;
import io.a64.container.spi.ContainerRuntime;
import io.a64.testkit.ContractRun;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A correct runtime passes the contract, and each planted fault is caught by the test that is about it. */
final class ContainerRuntimeContractSelfTest {

    @Test
    void a_correct_runtime_passes_every_test() {
        ContractRun run = ContractRun.of(IsCorrect.class);

        assertThat(run.failed()).isEmpty();
        assertThat(run.started()).isGreaterThan(20);
    }

    @Test
    void reporting_started_before_it_is_gets_caught() {
        assertThat(failedBy(ReportsStartedBeforeItIs.class))
                .contains("a_container_is_running_or_has_ended_when_start_returns");
    }

    @Test
    void leaving_the_container_of_a_failed_creation_gets_caught() {
        assertThat(failedBy(LeavesTheContainerOfAFailedCreation.class))
                .containsExactly("a_missing_image_is_reported_and_leaves_nothing_behind");
    }

    @Test
    void forgetting_the_log_gets_caught() {
        assertThat(failedBy(ForgetsTheLog.class))
                .contains("a_process_that_exits_at_once_shows_its_exit_code_and_last_words");
    }

    @Test
    void replacing_a_foreign_container_gets_caught() {
        assertThat(failedBy(ReplacesAForeignContainer.class))
                .containsExactly("a_foreign_container_is_neither_listed_nor_touched_nor_replaced");
    }

    @Test
    void listing_foreign_containers_gets_caught() {
        assertThat(failedBy(ListsForeignContainers.class))
                .containsExactly("a_foreign_container_is_neither_listed_nor_touched_nor_replaced");
    }

    @Test
    void failing_to_start_twice_gets_caught() {
        assertThat(failedBy(FailsToStartTwice.class)).containsExactly("starting_a_running_container_is_quiet");
    }

    @Test
    void ignoring_a_port_conflict_gets_caught() {
        assertThat(failedBy(IgnoresAPortConflict.class))
                .containsExactly(
                        "a_port_that_another_container_holds_is_reported_at_start",
                        "a_port_that_another_process_holds_is_reported_at_start");
    }

    @Test
    void creating_the_same_twice_gets_caught() {
        assertThat(failedBy(CreatesTheSameTwice.class))
                .containsExactly(
                        "creating_again_for_the_same_owner_gives_the_same_container",
                        "eight_concurrent_creations_for_one_owner_give_one_container");
    }

    @Test
    void replacing_the_running_container_of_another_owner_gets_caught() {
        assertThat(failedBy(ReplacesARunningContainer.class))
                .containsExactly("the_running_container_of_another_owner_is_left_alone");
    }

    @Test
    void failing_to_remove_twice_gets_caught() {
        assertThat(failedBy(FailsToRemoveTwice.class)).contains("removing_twice_or_what_never_was_is_quiet");
    }

    @Test
    void keeping_the_port_after_removal_gets_caught() {
        assertThat(failedBy(KeepsThePortAfterRemoval.class))
                .containsExactly("a_container_serves_on_its_published_port_from_start_to_removal");
    }

    @Test
    void losing_the_environment_gets_caught() {
        assertThat(failedBy(LosesTheEnvironment.class))
                .contains("the_environment_arrives_and_names_module_generation_and_port");
    }

    @Test
    void ignoring_the_deadline_gets_caught() {
        assertThat(failedBy(IgnoresTheDeadline.class)).containsExactly("nothing_is_begun_after_the_deadline");
    }

    @Test
    void swallowing_an_interrupt_gets_caught() {
        assertThat(failedBy(SwallowsAnInterrupt.class))
                .containsExactly("an_interrupt_ends_a_call_early_and_stays_visible");
    }

    @Test
    void inventing_unknown_containers_gets_caught() {
        assertThat(failedBy(InventsUnknownContainers.class)).contains("an_unknown_container_is_gone");
    }

    private static List<String> failedBy(Class<?> faulty) {
        return ContractRun.of(faulty).failed();
    }

    /** The reference runtime as a fixture. */
    abstract static class ReferenceFixture extends ContainerRuntimeContract {

        private final Set<Fault> faults;

        ReferenceFixture(Fault... faults) {
            this.faults = Set.of(faults);
        }

        @Override
        protected Duration patience() {
            return Duration.ofSeconds(1);
        }

        @Override
        public ContainerRuntime createRuntime() {
            return new ReferenceRuntime(faults);
        }

        @Override
        public String servingImage() {
            return ReferenceRuntime.IMAGE;
        }

        @Override
        public ContainerSpec exitingAtOnce(ContainerSpec spec) {
            Map<String, String> environment = new HashMap<>(spec.environment());
            environment.put("EXIT", "0");
            return new ContainerSpec(
                    spec.module(),
                    spec.generation(),
                    spec.owner(),
                    spec.image(),
                    spec.ports(),
                    environment,
                    spec.resources(),
                    spec.network());
        }

        @Override
        public int exitCode() {
            return 0;
        }

        @Override
        public List<String> lastWords() {
            return List.of(ReferenceContainer.LAST_WORDS);
        }

        @Override
        public String missingImage() {
            return "missing";
        }

        @Override
        public ForeignContainer foreignContainer(ContainerRuntime runtime, String module) {
            Set<String> foreign = ((ReferenceRuntime) runtime).foreignModules();
            foreign.add(module);
            return new ForeignContainer() {

                @Override
                public boolean isUntouched() {
                    return foreign.contains(module);
                }

                @Override
                public void close() {
                    foreign.remove(module);
                }
            };
        }
    }

    static final class IsCorrect extends ReferenceFixture {}

    static final class ReportsStartedBeforeItIs extends ReferenceFixture {
        ReportsStartedBeforeItIs() {
            super(Fault.REPORTS_STARTED_BEFORE_IT_IS);
        }
    }

    static final class LeavesTheContainerOfAFailedCreation extends ReferenceFixture {
        LeavesTheContainerOfAFailedCreation() {
            super(Fault.LEAVES_THE_CONTAINER_OF_A_FAILED_CREATION);
        }
    }

    static final class ForgetsTheLog extends ReferenceFixture {
        ForgetsTheLog() {
            super(Fault.FORGETS_THE_LOG);
        }
    }

    static final class ReplacesAForeignContainer extends ReferenceFixture {
        ReplacesAForeignContainer() {
            super(Fault.REPLACES_A_FOREIGN_CONTAINER);
        }
    }

    static final class ListsForeignContainers extends ReferenceFixture {
        ListsForeignContainers() {
            super(Fault.LISTS_FOREIGN_CONTAINERS);
        }
    }

    static final class FailsToStartTwice extends ReferenceFixture {
        FailsToStartTwice() {
            super(Fault.FAILS_TO_START_TWICE);
        }
    }

    static final class IgnoresAPortConflict extends ReferenceFixture {
        IgnoresAPortConflict() {
            super(Fault.IGNORES_A_PORT_CONFLICT);
        }
    }

    static final class CreatesTheSameTwice extends ReferenceFixture {
        CreatesTheSameTwice() {
            super(Fault.CREATES_THE_SAME_TWICE);
        }
    }

    static final class ReplacesARunningContainer extends ReferenceFixture {
        ReplacesARunningContainer() {
            super(Fault.REPLACES_A_RUNNING_CONTAINER);
        }
    }

    static final class FailsToRemoveTwice extends ReferenceFixture {
        FailsToRemoveTwice() {
            super(Fault.FAILS_TO_REMOVE_TWICE);
        }
    }

    static final class KeepsThePortAfterRemoval extends ReferenceFixture {
        KeepsThePortAfterRemoval() {
            super(Fault.KEEPS_THE_PORT_AFTER_REMOVAL);
        }
    }

    static final class LosesTheEnvironment extends ReferenceFixture {
        LosesTheEnvironment() {
            super(Fault.LOSES_THE_ENVIRONMENT);
        }
    }

    static final class IgnoresTheDeadline extends ReferenceFixture {
        IgnoresTheDeadline() {
            super(Fault.IGNORES_THE_DEADLINE);
        }
    }

    static final class SwallowsAnInterrupt extends ReferenceFixture {
        SwallowsAnInterrupt() {
            super(Fault.SWALLOWS_AN_INTERRUPT);
        }
    }

    static final class InventsUnknownContainers extends ReferenceFixture {
        InventsUnknownContainers() {
            super(Fault.INVENTS_UNKNOWN_CONTAINERS);
        }
    }
}
