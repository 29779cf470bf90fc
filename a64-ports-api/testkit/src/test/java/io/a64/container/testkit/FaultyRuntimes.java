package io.a64.container.testkit;

/** The contract on the reference runtime, without and with one planted fault. */
final class FaultyRuntimes {

    private FaultyRuntimes() {}

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

    static final class SaysAlwaysFree extends ReferenceFixture {
        SaysAlwaysFree() {
            super(Fault.SAYS_ALWAYS_FREE);
        }
    }

    static final class SaysAlwaysOccupied extends ReferenceFixture {
        SaysAlwaysOccupied() {
            super(Fault.SAYS_ALWAYS_OCCUPIED);
        }
    }

    static final class MistakesTimeWaitForAListener extends ReferenceFixture {
        MistakesTimeWaitForAListener() {
            super(Fault.MISTAKES_TIME_WAIT_FOR_A_LISTENER);
        }
    }

    static final class LooksAtOneAddressOnly extends ReferenceFixture {
        LooksAtOneAddressOnly() {
            super(Fault.LOOKS_AT_ONE_ADDRESS_ONLY);
        }
    }

    static final class GivesNoEvidence extends ReferenceFixture {
        GivesNoEvidence() {
            super(Fault.GIVES_NO_EVIDENCE);
        }
    }

    static final class KeepsThePortItLooksAt extends ReferenceFixture {
        KeepsThePortItLooksAt() {
            super(Fault.KEEPS_THE_PORT_IT_LOOKS_AT);
        }
    }

    static final class NamesAnotherPortInAConflict extends ReferenceFixture {
        NamesAnotherPortInAConflict() {
            super(Fault.NAMES_ANOTHER_PORT_IN_A_CONFLICT);
        }
    }

    static final class DoesNotLook extends ReferenceFixture {
        DoesNotLook() {
            super(Fault.SAYS_ALWAYS_FREE);
        }

        @Override
        public boolean looksAtThisMachine() {
            return false;
        }
    }
}
