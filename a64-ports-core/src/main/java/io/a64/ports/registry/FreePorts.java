package io.a64.ports.registry;

import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What this JVM believes to be free; a hint that saves round trips, the store decides. Ports that a thread has picked
 * are not offered to another one, so that threads of one JVM never compete for a port. Safe for use by several threads.
 */
final class FreePorts {
    private final PortStrategy strategy;
    private final ReentrantLock lock = new ReentrantLock();
    private BitSet free = new BitSet();
    /** Picked, and the store has not answered yet. */
    private final BitSet inFlight = new BitSet();
    /** In flight at some time since the last look at the store began, which may be older than the claim. */
    private BitSet picked = new BitSet();

    FreePorts(PortStrategy strategy) {
        this.strategy = strategy;
    }

    /** Picks a free port of the area for each internal port, in this order, as long as there are any. */
    Map<Integer, Integer> pick(List<Integer> internalPorts, PortArea area) {
        lock.lock();
        try {
            Map<Integer, Integer> ports = new TreeMap<>();
            for (int internalPort : internalPorts) {
                int port = next(area);
                if (port < 0) {
                    break;
                }
                free.clear(port);
                picked.set(port);
                inFlight.set(port);
                ports.put(internalPort, port);
            }
            return ports;
        } finally {
            lock.unlock();
        }
    }

    private int next(PortArea area) {
        for (BitSet tier : area.tiers()) {
            int port = strategy == PortStrategy.SPREAD ? any(tier) : lowest(tier, 0);
            if (port >= 0) {
                return port;
            }
        }
        return -1;
    }

    private int lowest(BitSet tier, int from) {
        int port = tier.nextSetBit(from);
        while (port >= 0 && !free.get(port)) {
            int candidate = free.nextSetBit(port);
            port = candidate < 0 ? -1 : tier.nextSetBit(candidate);
        }
        return port;
    }

    /** Returns the next free port from a place chosen at random, or from the start if none follows. */
    private int any(BitSet tier) {
        if (tier.isEmpty()) {
            return -1;
        }
        int first = tier.nextSetBit(0);
        int port = lowest(tier, ThreadLocalRandom.current().nextInt(first, tier.length()));
        return port >= 0 ? port : lowest(tier, first);
    }

    /** Returns whether a port of the area may be free: it seems so, or another thread has not got it yet. */
    boolean mayHave(PortArea area) {
        lock.lock();
        try {
            return area.tiers().stream().anyMatch(tier -> free.intersects(tier) || inFlight.intersects(tier));
        } finally {
            lock.unlock();
        }
    }

    /** Returns whether a port of the area's first ranges seems to be free. */
    boolean hasFirst(PortArea area) {
        lock.lock();
        try {
            return free.intersects(area.first());
        } finally {
            lock.unlock();
        }
    }

    /** Notes that ports were taken without having been picked here. */
    void taken(Iterable<Integer> ports) {
        lock.lock();
        try {
            ports.forEach(port -> {
                free.clear(port);
                picked.set(port);
            });
        } finally {
            lock.unlock();
        }
    }

    /** Notes that the store has answered, or never will. */
    void settled(Iterable<Integer> ports) {
        lock.lock();
        try {
            ports.forEach(inFlight::clear);
        } finally {
            lock.unlock();
        }
    }

    /** Offers ports again that were given back. */
    void offer(Iterable<Integer> ports) {
        lock.lock();
        try {
            ports.forEach(port -> {
                free.set(port);
                picked.clear(port);
            });
        } finally {
            lock.unlock();
        }
    }

    /** Notes that the store gave out this port as the lowest one of a set: none below it is free. */
    void lowestWas(int port, BitSet among) {
        lock.lock();
        try {
            BitSet below = among.get(0, port + 1);
            free.andNot(below);
            picked.set(port);
        } finally {
            lock.unlock();
        }
    }

    /** Notes that a look at the store begins. */
    void lookBegins() {
        lock.lock();
        try {
            picked = (BitSet) inFlight.clone();
        } finally {
            lock.unlock();
        }
    }

    /** Takes over what the look showed, without ports that were picked meanwhile. */
    void lookShowed(BitSet shown) {
        lock.lock();
        try {
            shown.andNot(picked);
            free = shown;
        } finally {
            lock.unlock();
        }
    }
}
