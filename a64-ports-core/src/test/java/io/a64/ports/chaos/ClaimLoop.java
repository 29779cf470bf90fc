package io.a64.ports.chaos;

import io.a64.ports.PortAllocation;
import io.a64.ports.PortRequest;
import io.a64.ports.PortUse;
import io.a64.ports.spi.PortAllocator;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** One thread of a worker: claim after claim, most of them confirmed, held and released. */
final class ClaimLoop implements Runnable {
    private static final int MOST_PORTS = 3;
    private static final double ABANDONED = 0.04;
    private static final double GIVEN_BACK = 0.06;
    private static final double LATE = 0.03;
    private static final double RENEWED = 0.15;
    /** Long enough for somebody's sweep to have ended the reservation, mostly. */
    private static final Duration TOO_LATE = ChaosPlan.LEASE.plusSeconds(3);

    private static final Duration AFTER_EXHAUSTION = Duration.ofMillis(200);

    private final Caller caller;
    private final ChaosWorker.Place place;
    private final Random random;
    private final CountDownLatch end;
    private int claims;

    ClaimLoop(PortAllocator allocator, HistoryFile history, ChaosWorker.Place place, long seed, CountDownLatch end) {
        this.place = place;
        random = new Random(seed + place.unique(0));
        caller = new Caller(allocator, history, random);
        this.end = end;
    }

    @Override
    public void run() {
        while (end.getCount() > 0) {
            Optional<PortAllocation> allocation = caller.allocate(nextRequest());
            if (allocation.isPresent()) {
                use(allocation.get());
            } else {
                isEndWithin(AFTER_EXHAUSTION);
            }
        }
    }

    /** Workers share the modules, and every claim is a generation of its own. */
    private PortRequest nextRequest() {
        claims++;
        String module = "module-" + random.nextInt(ChaosPlan.MODULES);
        String owner = "owner-" + place.worker() + "-" + place.life() + "-" + place.thread() + "-" + claims;
        List<Integer> ports = IntStream.rangeClosed(1, 1 + random.nextInt(MOST_PORTS))
                .mapToObj(port -> 8080 + port)
                .toList();
        return new PortRequest(module, place.unique(claims), owner, ports);
    }

    private void use(PortAllocation allocation) {
        double fate = random.nextDouble();
        if (fate < ABANDONED) {
            return;
        }
        if (fate < ABANDONED + GIVEN_BACK) {
            caller.release(allocation, PortUse.NEVER_BOUND);
            return;
        }
        if (fate < ABANDONED + GIVEN_BACK + LATE) {
            isEndWithin(TOO_LATE);
        } else if (fate < ABANDONED + GIVEN_BACK + LATE + RENEWED) {
            isEndWithin(ChaosPlan.LEASE.dividedBy(4));
            caller.renew(allocation);
        }
        if (!caller.confirm(allocation)) {
            caller.release(allocation, PortUse.WAS_BOUND);
        } else if (!isEndWithin(holdTime())) {
            caller.release(allocation, PortUse.WAS_BOUND);
        }
    }

    private Duration holdTime() {
        Duration spread = ChaosPlan.LONGEST_HOLD.minus(ChaosPlan.SHORTEST_HOLD);
        return ChaosPlan.SHORTEST_HOLD.plusMillis(random.nextInt((int) spread.toMillis()));
    }

    /** Waits; returns whether the run has ended, upon which confirmed ports are kept. */
    private boolean isEndWithin(Duration time) {
        try {
            return end.await(time.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("nobody interrupts a worker", e);
        }
    }
}
