package io.a64.deploy.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.a64.Deadline;
import io.a64.FailureKind;
import io.a64.deploy.spi.ModuleRecord;
import io.a64.deploy.spi.ModuleStore;
import io.a64.deploy.spi.StoreException;
import io.a64.module.ModuleState;
import io.a64.ports.testkit.InParallel;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * What every {@link ModuleStore} must do. An implementation inherits it as {@code <Name>ModuleStoreContractTest}, and
 * supplies a store on records of the test's own ({@link #open}) and, where there is such a thing, one that is down.
 */
public abstract class ModuleStoreContract {
    private static final int THREADS = 16;
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final List<ModuleStore> opened = new ArrayList<>();

    /**
     * Makes a store on the records of the running test: the first call of a test finds none, further calls make stores
     * that share them. The contract closes what it gets.
     */
    protected abstract ModuleStore open();

    /** Makes a store that cannot be reached; empty where that cannot happen. */
    protected Optional<ModuleStore> openUnreachable() {
        return Optional.empty();
    }

    @AfterEach
    void closeStores() {
        opened.forEach(ModuleStore::close);
    }

    private ModuleStore store() {
        ModuleStore store = open();
        opened.add(store);
        return store;
    }

    private static Deadline soon() {
        return Deadline.after(Duration.ofSeconds(60));
    }

    @Test
    void anUnknownModuleHasNoRecord() {
        assertThat(store().find("unknown", soon())).isEmpty();
    }

    @Test
    void everythingOfARecordComesBack() {
        ModuleStore store = store();
        ModuleRecord record = ModuleRecords.full("module", "owner");

        assertThat(store.insert(record, soon())).isTrue();

        assertThat(store.find("module", soon())).contains(record);
    }

    @Test
    void aRouteByHostNameComesBack() {
        ModuleStore store = store();
        ModuleRecord record = ModuleRecords.hosted("module", "owner");

        store.insert(record, soon());

        assertThat(store.find("module", soon())).contains(record);
    }

    @Test
    void whatARecordDoesNotHaveStaysEmpty() {
        ModuleStore store = store();
        ModuleRecord record = ModuleRecords.plain("module", "owner");

        store.insert(record, soon());

        assertThat(store.find("module", soon())).contains(record);
    }

    @Test
    void anotherStoreOnTheSameRecordsSeesThem() {
        ModuleRecord record = ModuleRecords.full("module", "owner");
        store().insert(record, soon());

        assertThat(store().find("module", soon())).contains(record);
    }

    @Test
    void aModuleHasOneRecordAtMost() {
        ModuleStore store = store();
        ModuleRecord first = ModuleRecords.plain("module", "first");
        store.insert(first, soon());

        assertThat(store.insert(ModuleRecords.plain("module", "second"), soon()))
                .isFalse();
        assertThat(store.insert(first, soon())).as("the same record again").isFalse();

        assertThat(store.find("module", soon())).contains(first);
    }

    @Test
    void aRecordIsReplacedByAnother() {
        ModuleStore store = store();
        ModuleRecord first = ModuleRecords.full("module", "owner");
        ModuleRecord next = first.next(ModuleState.RUNNING, Optional.empty());
        store.insert(first, soon());

        assertThat(store.replace(first, next, soon())).isTrue();

        assertThat(store.find("module", soon())).contains(next);
    }

    @Test
    void aReplacementMayHaveAnotherSpecificationAndOwner() {
        ModuleStore store = store();
        ModuleRecord first = ModuleRecords.full("module", "first");
        ModuleRecord other = ModuleRecords.plain("module", "second");
        ModuleRecord next = new ModuleRecord(
                2, ModuleState.RUNNING, other.spec(), other.allocation(), other.installedAt(), Optional.empty());
        store.insert(first, soon());

        assertThat(store.replace(first, next, soon())).isTrue();

        assertThat(store.find("module", soon())).contains(next);
    }

    @Test
    void aReplacementComparesTheRevision() {
        ModuleStore store = store();
        ModuleRecord first = ModuleRecords.plain("module", "owner");
        ModuleRecord second = first.next(ModuleState.RUNNING, Optional.empty());
        store.insert(first, soon());
        store.replace(first, second, soon());

        assertThat(store.replace(first, first.next(ModuleState.UNINSTALLING, Optional.empty()), soon()))
                .isFalse();

        assertThat(store.find("module", soon())).contains(second);
    }

    @Test
    void aRecordThatIsNotThereCannotBeReplaced() {
        ModuleStore store = store();
        ModuleRecord record = ModuleRecords.plain("module", "owner");

        assertThat(store.replace(record, record.next(ModuleState.RUNNING, Optional.empty()), soon()))
                .isFalse();

        assertThat(store.list(soon())).isEmpty();
    }

    @Test
    void aRecordIsRemoved() {
        ModuleStore store = store();
        ModuleRecord record = ModuleRecords.plain("module", "owner");
        store.insert(record, soon());

        assertThat(store.remove(record, soon())).isTrue();
        assertThat(store.remove(record, soon())).as("removed again").isFalse();

        assertThat(store.find("module", soon())).isEmpty();
    }

    @Test
    void aRemovalComparesTheRevision() {
        ModuleStore store = store();
        ModuleRecord first = ModuleRecords.plain("module", "owner");
        ModuleRecord second = first.next(ModuleState.RUNNING, Optional.empty());
        store.insert(first, soon());
        store.replace(first, second, soon());

        assertThat(store.remove(first, soon())).isFalse();

        assertThat(store.find("module", soon())).contains(second);
    }

    @Test
    void aFormerOwnerCannotTouchTheRecordOfALaterDeployment() {
        ModuleStore store = store();
        ModuleRecord former = ModuleRecords.plain("module", "former");
        ModuleRecord later = ModuleRecords.plain("module", "later");
        store.insert(former, soon());
        store.remove(former, soon());
        store.insert(later, soon());

        assertThat(store.replace(former, former.next(ModuleState.RUNNING, Optional.empty()), soon()))
                .as("replaced at the same revision")
                .isFalse();
        assertThat(store.remove(former, soon()))
                .as("removed at the same revision")
                .isFalse();

        assertThat(store.find("module", soon())).contains(later);
    }

    @Test
    void theListIsSortedByModule() {
        ModuleStore store = store();
        List.of("middle", "zebra", "alpha").forEach(name -> store.insert(ModuleRecords.plain(name, name), soon()));

        assertThat(store.list(soon())).extracting(ModuleRecord::module).containsExactly("alpha", "middle", "zebra");
    }

    @Test
    void ofManyInsertsAtOnceOneWins() {
        List<ModuleStore> stores = List.of(store(), store());

        List<Boolean> won = InParallel.run(
                THREADS,
                thread -> stores.get(thread % 2).insert(ModuleRecords.plain("module", "owner-" + thread), soon()));

        assertThat(won.stream().filter(Boolean::booleanValue)).as("winners").hasSize(1);
        int winner = won.indexOf(true);
        assertThat(stores.get(0).find("module", soon())).contains(ModuleRecords.plain("module", "owner-" + winner));
    }

    @Test
    void ofManyReplacementsAtOnceOneWins() {
        List<ModuleStore> stores = List.of(store(), store());
        ModuleRecord first = ModuleRecords.plain("module", "owner");
        stores.get(0).insert(first, soon());

        List<Boolean> won = InParallel.run(
                THREADS,
                thread -> stores.get(thread % 2)
                        .replace(
                                first,
                                first.next(ModuleState.RUNNING, Optional.of(Instant.ofEpochSecond(1_000_000 + thread))),
                                soon()));

        assertThat(won.stream().filter(Boolean::booleanValue)).as("winners").hasSize(1);
        assertThat(stores.get(1).find("module", soon()).flatMap(ModuleRecord::busyUntil))
                .contains(Instant.ofEpochSecond(1_000_000 + won.indexOf(true)));
    }

    @Test
    void itsTimeMoves() {
        ModuleStore store = store();
        Instant before = store.now(soon());

        await().atMost(Duration.ofSeconds(3))
                .untilAsserted(() -> assertThat(store.now(soon())).isAfter(before));
    }

    @Test
    void itsNameIsShortAndLowerCase() {
        assertThat(store().name()).matches("[a-z][a-z0-9-]{0,30}");
    }

    @Test
    void aStoreThatIsThereAnswersAPing() {
        store().ping(soon());
    }

    @Test
    void closingTwiceIsQuietAndRemovesNothing() {
        ModuleStore closed = store();
        ModuleRecord record = ModuleRecords.plain("module", "owner");
        closed.insert(record, soon());

        closed.close();
        closed.close();

        assertThat(store().find("module", soon())).contains(record);
    }

    @Test
    void aStoreThatIsDownShowsAsATypedFailureByTheDeadline() {
        openUnreachable().ifPresent(store -> {
            try (store) {
                long start = System.nanoTime();
                StoreException failure = catchThrowableOfType(
                        StoreException.class, () -> store.find("module", Deadline.after(PATIENCE)));

                assertThat(failure).as("a StoreException").isNotNull();
                assertThat(failure.kind()).isIn(FailureKind.UNAVAILABLE, FailureKind.DEADLINE_EXCEEDED);
                assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(PATIENCE.multipliedBy(2));
            }
        });
    }
}
