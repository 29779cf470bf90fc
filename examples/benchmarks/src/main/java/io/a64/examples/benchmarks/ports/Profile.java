package io.a64.examples.benchmarks.ports;

import io.a64.examples.benchmarks.ports.Subject.Held;
import io.a64.examples.benchmarks.report.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/**
 * Where the time of an allocation goes. The ports are given back only after the measurement, so that the server's own
 * figures are of allocations alone.
 */
final class Profile {

    private final Connection connection;
    private final Extent extent;
    private final int threads;
    private final Table times;
    private final List<Table> tables = new ArrayList<>();

    private Profile(Connection connection, Extent extent, int threads) {
        this.connection = connection;
        this.extent = extent;
        this.threads = threads;
        times = new Table(
                "An allocation of 1 port, half of the ports taken, " + threads + " threads: mean time in ms",
                "who",
                "all",
                "from the command to the answer",
                "of it the write itself",
                "locks",
                "rest: our code, the driver, no processor free",
                "CPU of the client",
                "CPU of mongod");
        tables.add(times);
    }

    /** Profiles the floor and ours. */
    static List<Table> take(Connection connection, Extent extent, int threads)
            throws InterruptedException, ExecutionException {
        ClientWork.countLocks();
        Profile profile = new Profile(connection, extent, threads);
        Registry registry = Registry.open(connection.database(), "profile-" + threads, extent.ports());
        registry.occupy(extent.ports() / 2, threads);
        Floor floor = Floor.beside(registry, connection.database());
        Floor indexed = Floor.indexed(registry, connection.database());
        Subject ours = Subject.ours(registry);
        profile.warmUp(floor, indexed, ours);
        profile.run("floor", floor.collection(), floor);
        profile.run("floor with our fields and indexes", indexed.collection(), indexed);
        profile.run("ours", registry.collection(), ours);
        return profile.tables;
    }

    private void warmUp(Subject... subjects) throws InterruptedException, ExecutionException {
        for (Subject subject : subjects) {
            together(subject, ConcurrentHashMap.newKeySet()).held.forEach(Held::giveBack);
        }
    }

    private void run(String who, String collection, Subject subject) throws InterruptedException, ExecutionException {
        Set<Long> ids = ConcurrentHashMap.newKeySet();
        try (StackSampler sampler = StackSampler.watch(ids)) {
            ServerWork before = ServerWork.read(connection, collection);
            Part all = together(subject, ids);
            ServerWork server = ServerWork.read(connection, collection).minus(before);
            row(who, all, server);
            tables.add(sampler.table(who + ", " + threads + " threads"));
            all.held.forEach(Held::giveBack);
        }
    }

    /** Lets all threads take ports at once. */
    private Part together(Subject subject, Set<Long> ids) throws InterruptedException, ExecutionException {
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            Callable<Part> part = () -> part(subject, ids);
            Part all = new Part(ClientWork.NONE, List.of());
            for (Future<Part> each : executor.invokeAll(
                    IntStream.range(0, threads).mapToObj(i -> part).toList())) {
                all = all.plus(each.get());
            }
            return all;
        } finally {
            executor.shutdown();
        }
    }

    private Part part(Subject subject, Set<Long> ids) {
        ids.add(Thread.currentThread().getId());
        List<Held> held = new ArrayList<>();
        ClientWork work = ClientWork.NONE;
        for (int i = 0; i < extent.allocations(); i++) {
            work = work.plus(ClientWork.of(() -> held.add(subject.take()), connection.commands()));
        }
        return new Part(work, held);
    }

    private void row(String who, Part all, ServerWork server) {
        ClientWork work = all.work;
        int count = all.held.size();
        long locks = work.lockMillis() * 1_000_000;
        times.row(
                who,
                millis(work.totalNanos(), count),
                millis(work.serverNanos(), count),
                millis(server.writeNanos(), count),
                millis(locks, count),
                millis(work.totalNanos() - work.serverNanos() - locks, count),
                millis(work.cpuNanos(), count),
                millis(server.cpuNanos(), count));
    }

    private static String millis(long nanos, int count) {
        return String.format(Locale.ROOT, "%.2f", nanos / 1e6 / count);
    }

    /** What was done so far, by one thread or by all of them. */
    private record Part(ClientWork work, List<Held> held) {

        Part plus(Part other) {
            List<Held> all = new ArrayList<>(held);
            all.addAll(other.held);
            return new Part(work.plus(other.work), all);
        }
    }
}
