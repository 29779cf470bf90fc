package io.a64.ports.chaos;

import static org.awaitility.Awaitility.await;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import io.a64.Deadline;
import io.a64.mongo.testing.MongodReplicaSet;
import io.a64.ports.chaos.HistoryChecker.Held;
import io.a64.ports.chaos.HistoryEvent.Kind;
import io.a64.ports.spi.PortAllocator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.awaitility.core.ConditionTimeoutException;
import org.bson.Document;

/** One run: servers and workers, everything that happens to them, and the judgement of it all. */
final class ChaosRun {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    /** A sweep is due every five seconds. */
    private static final Duration LAPSE_LIMIT = ChaosPlan.LEASE.plus(Duration.ofSeconds(10));

    private static final String ROLLBACK = "Rollback summary";

    private final ChaosPlan plan;
    private final Path folder;
    private final Random random;
    private final MongodReplicaSet set;
    private final MessageFaults messages;
    private final WorkerFleet fleet;
    private final Map<LossOfPrimary, Integer> losses = new EnumMap<>(LossOfPrimary.class);

    private ChaosRun(ChaosPlan plan, Path folder, MongodReplicaSet set, WorkerFleet fleet) {
        this.plan = plan;
        this.folder = folder;
        this.set = set;
        this.fleet = fleet;
        random = new Random(plan.seed());
        messages = new MessageFaults(set);
    }

    /**
     * Runs a plan.
     *
     * @param folder an existing folder for the histories and logs of the workers
     */
    static ChaosReport of(ChaosPlan plan, Path folder) throws IOException {
        System.out.println("chaos run, seed " + plan.seed() + ", planted fault: "
                + plan.fault().title());
        Path histories = Files.createTempDirectory(folder, plan.fault().title() + "-");
        try (MongodReplicaSet set = MongodReplicaSet.start();
                WorkerFleet fleet = new WorkerFleet(plan, set.uri(), histories)) {
            ChaosReport report = new ChaosRun(plan, histories, set, fleet).run();
            System.out.println(report.text());
            return report;
        }
    }

    private ChaosReport run() {
        long start = System.nanoTime();
        messages.begin();
        Progress progress = new Progress(folder, plan.limit());
        List<Runnable> blows = blows();
        // Spread over the run, with allocations before the first one and after the last one.
        long step = plan.allocations() / (blows.size() + 1);
        for (int i = 0; i < blows.size() && progress.reaches(step * (i + 1)); i++) {
            blows.get(i).run();
        }
        progress.reaches(plan.allocations());
        set.awaitSettled();
        messages.end();
        fleet.end();
        return report(Duration.ofNanos(System.nanoTime() - start));
    }

    /** Returns what is to happen, in an order that the seed decides. */
    private List<Runnable> blows() {
        List<LossOfPrimary> kinds = List.of(LossOfPrimary.values());
        List<Runnable> blows = new ArrayList<>();
        for (int i = 0; i < plan.losses(); i++) {
            LossOfPrimary loss = kinds.get(i % kinds.size());
            blows.add(() -> lose(loss));
        }
        while (blows.size() < plan.kills() + plan.losses()) {
            blows.add(this::killAWorker);
        }
        Collections.shuffle(blows, random);
        return blows;
    }

    /** Every other time a worker is killed while there is no primary, when all its threads are in the midst of calls. */
    private void lose(LossOfPrimary loss) {
        set.awaitSettled();
        messages.begin();
        loss.happen(set, random.nextBoolean() ? this::killAWorker : () -> {});
        losses.merge(loss, 1, Integer::sum);
        set.awaitSettled();
        messages.begin();
    }

    private void killAWorker() {
        fleet.kill(random.nextInt(ChaosPlan.WORKERS));
    }

    private ChaosReport report(Duration time) {
        HistoryChecker checker = new HistoryChecker(HistoryFile.readAll(folder, ""));
        Verdict verdict = checker.judge(activeAfterTheLeases());
        long rollbacks = set.members().stream()
                .mapToLong(member -> member.countInLog(ROLLBACK))
                .sum();
        return new ChaosReport(
                plan,
                checker.allocations(),
                checker.ports(),
                checker.kept().size(),
                checker.refusals(),
                checker.count(Kind.FAILED),
                fleet.kills(),
                checker.count(Kind.RECOVERING),
                losses,
                rollbacks,
                messages.lostRequests(),
                messages.delayedRequests(),
                messages.lostReplies(),
                time,
                verdict);
    }

    private List<Held> activeAfterTheLeases() {
        try (MongoClient client = MongoClients.create(set.uri());
                PortAllocator allocator =
                        plan.fault().open(client.getDatabase(ChaosWorker.DATABASE), ChaosPlan.settings())) {
            MongoCollection<Document> registry =
                    client.getDatabase(ChaosWorker.DATABASE).getCollection("port_registry");
            awaitNoReservation(allocator, registry);
            return registry.find(Filters.eq("status", "active"))
                    .map(port -> new Held(port.getInteger("port"), port.getString("owner")))
                    .into(new ArrayList<>());
        }
    }

    /** Whoever asks for statistics sweeps. What is still reserved when the leases must be over shows as leaked. */
    private static void awaitNoReservation(PortAllocator allocator, MongoCollection<Document> registry) {
        try {
            await("the end of all leases").atMost(LAPSE_LIMIT).until(() -> {
                allocator.statistics(Deadline.after(PATIENCE));
                return registry.countDocuments(Filters.eq("phase", "reserved")) == 0;
            });
        } catch (ConditionTimeoutException e) {
            System.out.println("reservations are left: " + e.getMessage());
        }
    }
}
