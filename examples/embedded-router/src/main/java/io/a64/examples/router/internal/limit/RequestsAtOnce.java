package io.a64.examples.router.internal.limit;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** How many requests of each client are under way. Safe for use by several threads. */
final class RequestsAtOnce {

    private final Map<Client, Integer> counts = new ConcurrentHashMap<>();

    /** Returns whether a client may have one more, and counts it if so. */
    boolean begin(Client client, int limit) {
        if (counts.merge(client, 1, Integer::sum) <= limit) {
            return true;
        }
        end(client);
        return false;
    }

    void end(Client client) {
        counts.computeIfPresent(client, (key, count) -> count == 1 ? null : count - 1);
    }
}
