package io.a64.deploy.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.a64.Deadline;
import io.a64.deploy.spi.ModuleRecord;
import io.a64.deploy.spi.ModuleStore;
import io.a64.testkit.ContractRun;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The contract is worth what it catches: a correct store passes, and every planted fault fails by name. */
class ModuleStoreContractSelfTest {

    @Test
    void aCorrectStorePasses() {
        ContractRun run = ContractRun.of(Correct.class);

        assertThat(run.failed()).isEmpty();
        assertThat(run.started()).isGreaterThan(15);
    }

    @Test
    void aStoreThatIgnoresTheRevisionIsCaught() {
        assertCaught(
                IgnoresTheRevision.class,
                "aReplacementComparesTheRevision",
                "aRemovalComparesTheRevision",
                "ofManyReplacementsAtOnceOneWins");
    }

    @Test
    void aStoreThatComparesNothingButTheRevisionIsCaught() {
        assertCaught(IgnoresTheOwner.class, "aFormerOwnerCannotTouchTheRecordOfALaterDeployment");
    }

    @Test
    void aStoreThatOverwritesWhenInsertingIsCaught() {
        assertCaught(OverwritesWhenInserting.class, "aModuleHasOneRecordAtMost", "ofManyInsertsAtOnceOneWins");
    }

    @Test
    void aStoreThatForgetsAFieldIsCaught() {
        assertCaught(ForgetsAField.class, "everythingOfARecordComesBack");
    }

    @Test
    void aStoreThatListsInAnyOrderIsCaught() {
        assertCaught(ListsInAnyOrder.class, "theListIsSortedByModule");
    }

    @Test
    void aStoreWhoseTimeStandsStillIsCaught() {
        assertCaught(StandsStill.class, "itsTimeMoves");
    }

    private static void assertCaught(Class<?> broken, String... tests) {
        assertThat(ContractRun.of(broken).failed()).contains(tests);
    }

    abstract static class OnReference extends ModuleStoreContract {
        private final Map<String, ModuleRecord> records = records();

        Map<String, ModuleRecord> records() {
            return new TreeMap<>();
        }

        @Override
        protected final ModuleStore open() {
            return open(records);
        }

        abstract ModuleStore open(Map<String, ModuleRecord> shared);
    }

    static final class Correct extends OnReference {
        @Override
        ModuleStore open(Map<String, ModuleRecord> shared) {
            return new ReferenceStore(shared);
        }
    }

    static final class IgnoresTheRevision extends OnReference {
        @Override
        ModuleStore open(Map<String, ModuleRecord> shared) {
            return new ReferenceStore(shared) {
                @Override
                protected boolean isCurrent(ModuleRecord stored, ModuleRecord given) {
                    return true;
                }
            };
        }
    }

    static final class IgnoresTheOwner extends OnReference {
        @Override
        ModuleStore open(Map<String, ModuleRecord> shared) {
            return new ReferenceStore(shared) {
                @Override
                protected boolean isCurrent(ModuleRecord stored, ModuleRecord given) {
                    return stored.revision() == given.revision();
                }
            };
        }
    }

    static final class OverwritesWhenInserting extends OnReference {
        @Override
        ModuleStore open(Map<String, ModuleRecord> shared) {
            return new ReferenceStore(shared) {
                @Override
                protected boolean mayInsert(ModuleRecord record) {
                    return true;
                }
            };
        }
    }

    static final class ForgetsAField extends OnReference {
        @Override
        ModuleStore open(Map<String, ModuleRecord> shared) {
            return new ReferenceStore(shared) {
                @Override
                protected ModuleRecord stored(ModuleRecord record) {
                    return new ModuleRecord(
                            record.revision(),
                            record.state(),
                            record.spec(),
                            record.allocation(),
                            record.installedAt(),
                            Optional.empty());
                }
            };
        }
    }

    static final class ListsInAnyOrder extends OnReference {
        @Override
        Map<String, ModuleRecord> records() {
            return new LinkedHashMap<>();
        }

        @Override
        ModuleStore open(Map<String, ModuleRecord> shared) {
            return new ReferenceStore(shared);
        }
    }

    static final class StandsStill extends OnReference {
        @Override
        ModuleStore open(Map<String, ModuleRecord> shared) {
            return new ReferenceStore(shared) {
                @Override
                public Instant now(Deadline deadline) {
                    return Instant.EPOCH;
                }
            };
        }
    }
}
