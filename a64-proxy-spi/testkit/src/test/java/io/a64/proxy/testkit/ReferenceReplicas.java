package io.a64.proxy.testkit;

import io.a64.proxy.Balancing;
import io.a64.proxy.Route;
import io.a64.proxy.Upstream;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Which replica {@link ReferenceProxy} asks. */
class ReferenceReplicas {

    private final AtomicInteger turn = new AtomicInteger();
    private final Map<Upstream, AtomicInteger> load = new ConcurrentHashMap<>();

    final void enter(Upstream upstream) {
        load(upstream).incrementAndGet();
    }

    final void leave(Upstream upstream) {
        load(upstream).decrementAndGet();
    }

    private AtomicInteger load(Upstream upstream) {
        return load.computeIfAbsent(upstream, any -> new AtomicInteger());
    }

    /** Returns the replicas in the order in which they are to be tried. */
    List<Upstream> order(Route route, InetAddress peer) {
        List<Upstream> order = new ArrayList<>(route.upstreams());
        if (sticks(route)) {
            Collections.rotate(order, peer.hashCode());
        } else {
            Collections.rotate(order, turn.getAndIncrement());
            order.sort(Comparator.comparingInt(this::weight));
        }
        return order;
    }

    boolean sticks(Route route) {
        return route.options().balancing() == Balancing.CLIENT_ADDRESS;
    }

    int weight(Upstream upstream) {
        return load(upstream).get();
    }

    void wasSilent(Route route) {}

    boolean passesOverTheDead() {
        return true;
    }

    boolean maySendAgain(String method) {
        return method.equals("GET");
    }
}
