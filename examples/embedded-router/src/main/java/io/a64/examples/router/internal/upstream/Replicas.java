package io.a64.examples.router.internal.upstream;

import io.a64.proxy.Balancing;
import io.a64.proxy.Route;
import io.a64.proxy.Upstream;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * Chooses the replica that a request goes to. One that refused a connection rests for five seconds: until then it is
 * asked only when no other one is left. Safe for use by several threads.
 */
public final class Replicas {

    private static final long REST_NANOS = Duration.ofSeconds(5).toNanos();

    private final LongSupplier nanoTime;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Upstream, Integer> underWay = new HashMap<>();
    private final Map<Upstream, Long> restUntil = new HashMap<>();
    private int turn;

    /**
     * Creates the choice.
     *
     * @param nanoTime a clock like {@link System#nanoTime}
     */
    public Replicas(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Takes the best replica of a route except those that were tried; empty if all were. */
    Optional<Upstream> take(Route route, InetAddress client, Collection<Upstream> tried) {
        lock.lock();
        try {
            List<Upstream> untried = route.upstreams().stream()
                    .filter(upstream -> !tried.contains(upstream))
                    .toList();
            List<Upstream> awake =
                    untried.stream().filter(upstream -> !rests(upstream)).toList();
            Optional<Upstream> best = best(route.options().balancing(), client, awake.isEmpty() ? untried : awake);
            best.ifPresent(upstream -> underWay.merge(upstream, 1, Integer::sum));
            return best;
        } finally {
            lock.unlock();
        }
    }

    private boolean rests(Upstream upstream) {
        Long until = restUntil.get(upstream);
        if (until != null && nanoTime.getAsLong() - until >= 0) {
            restUntil.remove(upstream);
            return false;
        }
        return until != null;
    }

    private Optional<Upstream> best(Balancing balancing, InetAddress client, List<Upstream> candidates) {
        return switch (balancing) {
            case LEAST_CONNECTIONS -> leastBusy(candidates);
            case CLIENT_ADDRESS -> candidates.stream().max(Comparator.comparingInt(each -> weight(client, each)));
        };
    }

    /** Takes turns among equals, so that requests one after another reach all of them. */
    private Optional<Upstream> leastBusy(List<Upstream> candidates) {
        int least = candidates.stream().mapToInt(this::load).min().orElse(0);
        List<Upstream> equals = candidates.stream()
                .filter(candidate -> load(candidate) == least)
                .toList();
        return equals.isEmpty() ? Optional.empty() : Optional.of(equals.get(Math.floorMod(turn++, equals.size())));
    }

    private int load(Upstream upstream) {
        return underWay.getOrDefault(upstream, 0);
    }

    /** Rendezvous hashing: when a replica dies, only its own clients move. */
    private static int weight(InetAddress client, Upstream upstream) {
        int hash = Objects.hash(client, upstream) * 0x9E3779B9;
        hash = (hash ^ hash >>> 16) * 0x85EBCA6B;
        hash = (hash ^ hash >>> 13) * 0xC2B2AE35;
        return hash ^ hash >>> 16;
    }

    /** Gives back a replica that was taken. */
    void release(Upstream upstream) {
        lock.lock();
        try {
            underWay.computeIfPresent(upstream, (key, count) -> count == 1 ? null : count - 1);
        } finally {
            lock.unlock();
        }
    }

    /** Notes whether a replica has accepted a connection. */
    void answered(Upstream upstream, boolean accepted) {
        lock.lock();
        try {
            if (accepted) {
                restUntil.remove(upstream);
            } else {
                long now = nanoTime.getAsLong();
                restUntil.values().removeIf(until -> now - until >= 0);
                restUntil.put(upstream, now + REST_NANOS);
            }
        } finally {
            lock.unlock();
        }
    }
}
