package io.a64.ports.registry;

import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What this JVM believes to be free; a hint that saves round trips, the store decides. Ports that a thread has picked
 * are not offered to another one, so that threads of one JVM never compete for a port. Safe for use by several threads.
 */
final class FreePorts {
    private final ReentrantLock lock = new ReentrantLock();
    private BitSet free = new BitSet();
    /** Picked, and the store has not answered yet. */
    private final BitSet inFlight = new BitSet();
    /** In flight at some time since the last look at the store began, which may be older than the claim. */
    private BitSet picked = new BitSet();

    /** Picks the lowest free port for each internal port, in this order, as long as there are any. */
    Map<Integer, Integer> pick(List<Integer> internalPorts) {
        lock.lock();
        try {
            Map<Integer, Integer> ports = new TreeMap<>();
            for (int internalPort : internalPorts) {
                int port = free.nextSetBit(0);
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

    /** Notes that the store has answered, or never will. */
    void settled(Iterable<Integer> ports) {
        lock.lock();
        try {
            ports.forEach(inFlight::clear);
        } finally {
            lock.unlock();
        }
    }

    /** Offers ports again that are free for certain. */
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

    /** Notes that the store gave out this port as the lowest one: none below it is free. */
    void lowestWas(int port) {
        lock.lock();
        try {
            free.clear(0, port + 1);
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
