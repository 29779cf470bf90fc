package io.a64.ports.chaos;

import io.a64.ports.PortAllocation;
import io.a64.ports.PortUse;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the histories tell of one owner's claim, over all processes that had to do with it. */
final class ClaimStory {
    private final String owner;
    private PortAllocation allocation;
    private long allocatedAt;
    private long callBegan;
    private long leaseFrom;
    private boolean confirmCalled;
    private boolean confirmed;
    private int releaseCalls;
    private long releaseCalledAt;
    private boolean bindingRelease;
    private boolean releaseAnswered;
    private boolean firstReleaseMissed;
    private long refusedAt;

    private ClaimStory(String owner) {
        this.owner = owner;
    }

    /** Tells the stories of all owners from events in the order of time. */
    static Collection<ClaimStory> tell(List<HistoryEvent> events) {
        Map<String, ClaimStory> stories = new LinkedHashMap<>();
        events.forEach(
                event -> stories.computeIfAbsent(event.owner(), ClaimStory::new).add(event));
        return stories.values();
    }

    private void add(HistoryEvent event) {
        switch (event.kind()) {
            case ALLOCATING, RENEWING -> callBegan = event.at();
            case ALLOCATED -> {
                allocation = ClaimText.parse(owner, event.detail());
                allocatedAt = event.at();
                leaseFrom = callBegan;
            }
            case RENEWED -> {
                if (event.isYes()) {
                    leaseFrom = callBegan;
                } else {
                    refusedAt = event.at();
                }
            }
            case CONFIRMING -> confirmCalled = true;
            case CONFIRMED -> {
                confirmed = event.isYes();
                refusedAt = confirmed ? refusedAt : event.at();
            }
            case RELEASING -> releaseCalled(event);
            case RELEASED -> {
                releaseAnswered = true;
                firstReleaseMissed = releaseCalls == 1 && !event.isYes();
            }
            case RECOVERING, FAILED, BROKEN -> {
                // Says nothing of what has become of the call.
            }
        }
    }

    private void releaseCalled(HistoryEvent event) {
        releaseCalls++;
        if (releaseCalls == 1) {
            releaseCalledAt = event.at();
            bindingRelease = PortUse.valueOf(event.detail()) == PortUse.WAS_BOUND;
        }
    }

    String owner() {
        return owner;
    }

    /** Returns what was allocated; empty if no answer is known. */
    Optional<PortAllocation> allocation() {
        return Optional.ofNullable(allocation);
    }

    /** Returns when the allocation was acknowledged. */
    long allocatedAt() {
        return allocatedAt;
    }

    boolean isConfirmed() {
        return confirmed;
    }

    /** Returns whether it was confirmed and nobody has called for its release. */
    boolean isKept() {
        return confirmed && releaseCalls == 0;
    }

    /** Returns whether its ports may be bound, and nobody knows them to be released. */
    boolean needsRecovery() {
        return allocation != null && confirmCalled && !releaseAnswered;
    }

    /** Returns whether the very first release of a confirmed claim found nothing to release. */
    boolean isMissedByItsRelease() {
        return confirmed && firstReleaseMissed;
    }

    /** Returns whether a renewal or a confirmation was refused although the lease cannot have been over. */
    boolean isRefusedTooEarly(long lease) {
        return refusedAt != 0 && refusedAt < leaseFrom + lease;
    }

    /** Returns the earliest moment at which others may have had its ports, {@link Long#MAX_VALUE} if there is none. */
    long heldUntil(long lease) {
        if (confirmed) {
            return releaseCalls == 0 ? Long.MAX_VALUE : releaseCalledAt;
        }
        long lapses = leaseFrom + lease;
        return releaseCalls == 0 ? lapses : Math.min(lapses, releaseCalledAt);
    }

    /** Returns whether its ports rest after it; those of a reservation that lapses do too. */
    boolean restsAfterwards() {
        return releaseCalls == 0 || bindingRelease;
    }
}
