package io.a64.examples.router.internal.routing;

import io.a64.Deadline;
import io.a64.examples.router.internal.request.Entered;
import io.a64.proxy.Route;
import io.a64.proxy.Upstream;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** The requests and WebSockets that are under way, by module. Safe for use by several threads. */
final class UnderWay {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition fewer = lock.newCondition();
    private final Map<String, Set<Request>> byModule = new HashMap<>();

    /** A request that has found a route, whatever happens to the route from then on. */
    private final class Request implements Entered {

        private final Route route;
        private List<Upstream> reachable;

        Request(Route route) {
            this.route = route;
            reachable = route.upstreams();
        }

        @Override
        public Route route() {
            return route;
        }

        @Override
        public void reached(Upstream upstream) {
            locked(() -> reachable = List.of(upstream));
        }

        @Override
        public void end() {
            locked(() -> byModule.computeIfPresent(route.module(), (module, requests) -> {
                requests.remove(this);
                return requests.isEmpty() ? null : requests;
            }));
        }

        private void locked(Runnable change) {
            lock.lock();
            try {
                change.run();
                fewer.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    /** Notes that a request takes a route. */
    Entered begin(Route route) {
        Request request = new Request(route);
        lock.lock();
        try {
            byModule.computeIfAbsent(route.module(), module -> Collections.newSetFromMap(new IdentityHashMap<>()))
                    .add(request);
            return request;
        } finally {
            lock.unlock();
        }
    }

    /** Forgets all requests, because their connections were cut. */
    void forgetAll() {
        lock.lock();
        try {
            byModule.clear();
            fewer.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until no request of a module can reach an upstream but those that its route names by then.
     *
     * @return whether that is so; false if the deadline passed first
     */
    boolean awaitFormerLeft(String module, Supplier<List<Upstream>> named, Deadline deadline)
            throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (reachesOthers(module, named.get())) {
                if (fewer.awaitNanos(deadline.remaining().toNanos()) <= 0 && deadline.hasPassed()) {
                    return !reachesOthers(module, named.get());
                }
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    private boolean reachesOthers(String module, List<Upstream> named) {
        return byModule.getOrDefault(module, Set.of()).stream()
                .anyMatch(request -> !named.containsAll(request.reachable));
    }
}
