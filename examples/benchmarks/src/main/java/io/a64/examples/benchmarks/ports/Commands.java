package io.a64.examples.benchmarks.ports;

import com.mongodb.event.CommandFailedEvent;
import com.mongodb.event.CommandListener;
import com.mongodb.event.CommandStartedEvent;
import com.mongodb.event.CommandSucceededEvent;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.bson.BsonArray;

/** Counts the driver's commands per thread: it reports each on the thread that waits for the answer. */
final class Commands implements CommandListener {

    private static final Set<String> OVERHEAD = Set.of("hello", "isMaster", "endSessions");
    private static final BsonArray NONE = new BsonArray();

    private final Map<Long, Tally> tallies = new ConcurrentHashMap<>();

    /** Returns what the operation cost; it must stay on the calling thread. */
    Tally of(Runnable operation) {
        Tally before = soFar();
        operation.run();
        return soFar().minus(before);
    }

    private Tally soFar() {
        return tallies.getOrDefault(Thread.currentThread().getId(), Tally.ZERO);
    }

    private void add(Tally more) {
        tallies.merge(Thread.currentThread().getId(), more, Tally::plus);
    }

    @Override
    public void commandStarted(CommandStartedEvent event) {
        if (!OVERHEAD.contains(event.getCommandName())) {
            add(new Tally(1, 0, 0));
        }
    }

    @Override
    public void commandSucceeded(CommandSucceededEvent event) {
        int refused = event.getCommandName().equals("update")
                ? event.getResponse().getArray("writeErrors", NONE).size()
                : 0;
        add(new Tally(0, refused, event.getElapsedTime(TimeUnit.NANOSECONDS)));
    }

    @Override
    public void commandFailed(CommandFailedEvent event) {
        add(new Tally(0, 0, event.getElapsedTime(TimeUnit.NANOSECONDS)));
    }

    /**
     * What some operations cost.
     *
     * @param roundTrips commands sent
     * @param refused updates that ran into a unique index: ports that another process was quicker to claim
     * @param waitedNanos time between sending a command and having its answer
     */
    record Tally(int roundTrips, int refused, long waitedNanos) {

        static final Tally ZERO = new Tally(0, 0, 0);

        Tally plus(Tally other) {
            return new Tally(roundTrips + other.roundTrips, refused + other.refused, waitedNanos + other.waitedNanos);
        }

        Tally minus(Tally other) {
            return new Tally(roundTrips - other.roundTrips, refused - other.refused, waitedNanos - other.waitedNanos);
        }
    }
}
