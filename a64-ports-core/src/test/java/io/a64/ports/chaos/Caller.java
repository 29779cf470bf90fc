package io.a64.ports.chaos;

import io.a64.Deadline;
import io.a64.FailureKind;
import io.a64.ports.PortAllocation;
import io.a64.ports.PortException;
import io.a64.ports.PortRequest;
import io.a64.ports.PortUse;
import io.a64.ports.chaos.HistoryEvent.Kind;
import io.a64.ports.spi.PortAllocator;
import java.time.Duration;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;

/** Calls an allocator, writes each call into the history before and its answer after, and calls again after outages. */
final class Caller {
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    /** Less than an election takes: the caller hears of an outage, and asks again while the first call is under way. */
    private static final Duration IMPATIENCE = Duration.ofMillis(300);

    private static final double IMPATIENT = 0.3;
    private static final int ATTEMPTS = 3;
    private static final Set<FailureKind> OUTAGES = EnumSet.of(FailureKind.UNAVAILABLE, FailureKind.DEADLINE_EXCEEDED);
    private static final Set<FailureKind> EXPECTED =
            EnumSet.of(FailureKind.UNAVAILABLE, FailureKind.DEADLINE_EXCEEDED, FailureKind.EXHAUSTED);

    private final PortAllocator allocator;
    private final HistoryFile history;
    private final Random random;

    Caller(PortAllocator allocator, HistoryFile history, Random random) {
        this.allocator = allocator;
        this.history = history;
        this.random = random;
    }

    /** Returns what was allocated; empty if nothing was, or nobody knows. */
    Optional<PortAllocation> allocate(PortRequest request) {
        Optional<PortAllocation> allocation = call(
                Kind.ALLOCATING,
                request.owner(),
                request.module(),
                () -> allocator.allocate(request, soon()),
                ATTEMPTS);
        allocation.ifPresent(ports -> history.note(Kind.ALLOCATED, request.owner(), ClaimText.of(ports)));
        return allocation;
    }

    void renew(PortAllocation allocation) {
        call(Kind.RENEWING, allocation.owner(), "", () -> allocator.renew(allocation, soon()), 1)
                .ifPresent(renewed -> history.note(Kind.RENEWED, allocation.owner(), renewed));
    }

    /** Returns whether the ports are known to be bound now. */
    boolean confirm(PortAllocation allocation) {
        Optional<Boolean> confirmed =
                call(Kind.CONFIRMING, allocation.owner(), "", () -> allocator.confirm(allocation, soon()), ATTEMPTS);
        confirmed.ifPresent(yes -> history.note(Kind.CONFIRMED, allocation.owner(), yes));
        return confirmed.orElse(false);
    }

    /** Releases the ports, however often it has to be tried. */
    void release(PortAllocation allocation, PortUse use) {
        call(
                        Kind.RELEASING,
                        allocation.owner(),
                        use,
                        () -> allocator.release(allocation, use, soon()),
                        Integer.MAX_VALUE)
                .ifPresent(held -> history.note(Kind.RELEASED, allocation.owner(), held));
    }

    /** Releases what others held when they were killed. */
    void recover(Collection<ClaimStory> stories) {
        stories.forEach(story -> story.allocation().ifPresent(ports -> {
            history.note(Kind.RECOVERING, story.owner(), "");
            release(ports, PortUse.WAS_BOUND);
        }));
    }

    private <T> Optional<T> call(Kind intent, String owner, Object detail, Supplier<T> call, int attempts) {
        for (int attempt = 0; attempt < attempts; attempt++) {
            history.note(intent, owner, detail);
            try {
                return Optional.of(call.get());
            } catch (PortException e) {
                history.note(EXPECTED.contains(e.kind()) ? Kind.FAILED : Kind.BROKEN, owner, intent + " " + e);
                if (!OUTAGES.contains(e.kind())) {
                    return Optional.empty();
                }
            } catch (RuntimeException e) {
                history.note(Kind.BROKEN, owner, intent + " " + e);
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    private Deadline soon() {
        return Deadline.after(random.nextDouble() < IMPATIENT ? IMPATIENCE : PATIENCE);
    }
}
