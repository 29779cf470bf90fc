package io.a64.ports.chaos;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import io.a64.ports.mongo.PlantedFault;
import io.a64.ports.spi.PortAllocator;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;

/**
 * A process that allocates and releases ports until its input ends; then it keeps what it holds. It begins with
 * releasing what its predecessors held when they were killed.
 */
final class ChaosWorker {
    static final String DATABASE = "a64_chaos";

    private ChaosWorker() {}

    /**
     * Runs the worker.
     *
     * @param arguments connection string, folder of the histories, number of the worker, which of its lives this is,
     *     seed, planted fault
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path folder = Path.of(arguments[1]);
        int worker = Integer.parseInt(arguments[2]);
        int life = Integer.parseInt(arguments[3]);
        long seed = Long.parseLong(arguments[4]);
        PlantedFault fault = PlantedFault.named(arguments[5]);
        CountDownLatch end = new CountDownLatch(1);
        try (MongoClient client = MongoClients.create(arguments[0]);
                PortAllocator allocator = fault.open(client.getDatabase(DATABASE), ChaosPlan.settings());
                HistoryFile history = new HistoryFile(folder, historyName(worker, life))) {
            Random random = new Random(seed + life);
            new Caller(allocator, history, random).recover(predecessors(folder, worker));
            List<Thread> threads = IntStream.range(0, ChaosPlan.THREADS)
                    .mapToObj(thread -> new ClaimLoop(allocator, history, new Place(worker, life, thread), seed, end))
                    .map(Thread::new)
                    .toList();
            threads.forEach(Thread::start);
            awaitEndOfInput();
            end.countDown();
            for (Thread thread : threads) {
                thread.join();
            }
        }
    }

    static String historyName(int worker, int life) {
        return worker + "-" + life;
    }

    private static List<ClaimStory> predecessors(Path folder, int worker) {
        return ClaimStory.tell(HistoryFile.readAll(folder, worker + "-")).stream()
                .filter(ClaimStory::needsRecovery)
                .toList();
    }

    /** The input ends too when the controller dies, so that no worker outlives it. */
    private static void awaitEndOfInput() throws IOException {
        System.in.transferTo(OutputStream.nullOutputStream());
    }

    /**
     * Which thread of which process.
     *
     * @param worker the number of the worker
     * @param life how often the worker was started before
     * @param thread the number of the thread
     */
    record Place(int worker, int life, int thread) {

        /** Returns a number that no other claim of the run has, and which fits into a generation. */
        int unique(int claim) {
            return ((worker * 100 + life) * 100 + thread) * 10_000 + claim;
        }
    }
}
