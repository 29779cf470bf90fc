package io.a64.ports.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.a64.ports.PortAllocation;
import io.a64.ports.PortUse;
import io.a64.ports.chaos.HistoryChecker.Held;
import io.a64.ports.chaos.HistoryEvent.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the judge of a chaos run accepts, and what it does not; times are seconds. */
class HistoryCheckerTest {
    private static final double LEASE = ChaosPlan.LEASE.toSeconds();
    private static final double COOLDOWN = ChaosPlan.COOLDOWN.toSeconds();

    private final List<HistoryEvent> events = new ArrayList<>();

    @Test
    void aPortThatIsTakenAgainAfterItsCooldownIsFine() {
        bound("first", 1);
        released("first", 3, true);
        bound("second", 3 + COOLDOWN);

        assertThat(judge(new Held(9000, "second")).isClean()).isTrue();
    }

    @Test
    void aPortThatIsAllocatedWhileAnotherHoldsItIsADuplicate() {
        bound("first", 1);
        bound("second", 2);
        released("first", 3, true);

        assertThat(judge(new Held(9000, "second")).duplicates())
                .singleElement()
                .asString()
                .contains("9000", "first", "second");
    }

    @Test
    void aBoundPortOfAKilledProcessIsHeldUntilItsSuccessorReleasesIt() {
        bound("killed", 1);
        bound("second", 2 + LEASE + COOLDOWN);

        assertThat(judge(new Held(9000, "second")).duplicates()).hasSize(1);
    }

    @Test
    void aPortThatIsAllocatedBeforeItsCooldownIsOverIsTooSoon() {
        bound("first", 1);
        released("first", 3, true);
        bound("second", 3 + COOLDOWN / 2);

        assertThat(judge(new Held(9000, "second")).tooSoon()).hasSize(1);
    }

    @Test
    void aReservationMayLapseAfterItsLeaseAndCooldown() {
        reserved("first", 1);
        bound("second", 1 + LEASE + COOLDOWN);

        assertThat(judge(new Held(9000, "second")).isClean()).isTrue();
    }

    @Test
    void aReservationThatIsRefusedBeforeItsLeaseIsOverIsLost() {
        reserved("owner", 1);
        note(LEASE, Kind.CONFIRMING, "owner", "");
        note(LEASE + 0.5, Kind.CONFIRMED, "owner", false);

        assertThat(judge().lost()).hasSize(1);
    }

    @Test
    void aReservationThatIsRefusedAfterItsLeaseIsNot() {
        reserved("owner", 1);
        note(LEASE, Kind.CONFIRMING, "owner", "");
        note(LEASE + 1.5, Kind.CONFIRMED, "owner", false);

        assertThat(judge().isClean()).isTrue();
    }

    @Test
    void aConfirmedClaimThatItsFirstReleaseDoesNotFindIsLost() {
        bound("owner", 1);
        released("owner", 3, false);

        assertThat(judge().lost()).hasSize(1);
    }

    @Test
    void aConfirmedClaimThatIsNotInTheRegistryInTheEndIsLost() {
        bound("owner", 1);

        assertThat(judge().lost()).hasSize(1);
    }

    @Test
    void aPortThatIsActiveInTheEndWithoutAHolderIsLeaked() {
        bound("owner", 1);
        released("owner", 3, true);

        assertThat(judge(new Held(9000, "owner")).leaked()).hasSize(1);
    }

    private void reserved(String owner, double at) {
        note(at, Kind.ALLOCATING, owner, "module");
        PortAllocation allocation = new PortAllocation("module", 1, owner, Map.of(8080, 9000));
        note(at, Kind.ALLOCATED, owner, ClaimText.of(allocation));
    }

    private void bound(String owner, double at) {
        reserved(owner, at);
        note(at, Kind.CONFIRMING, owner, "");
        note(at, Kind.CONFIRMED, owner, true);
    }

    private void released(String owner, double at, boolean held) {
        note(at, Kind.RELEASING, owner, PortUse.WAS_BOUND);
        note(at, Kind.RELEASED, owner, held);
    }

    private void note(double at, Kind kind, String owner, Object detail) {
        long nanos = Duration.ofMillis((long) (at * 1000)).toNanos();
        // Through the text of the file, as in a run.
        events.add(HistoryEvent.parse(new HistoryEvent(nanos, kind, owner, String.valueOf(detail)).line()));
    }

    private Verdict judge(Held... active) {
        return new HistoryChecker(events).judge(List.of(active));
    }
}
