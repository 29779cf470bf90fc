package io.a64.ports.mongo;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.event.CommandListener;
import com.mongodb.event.CommandStartedEvent;
import io.a64.Deadline;
import io.a64.ports.PortException;
import io.a64.ports.PortRange;
import io.a64.ports.PortRequest;
import io.a64.ports.registry.RegistrySettings;
import io.a64.ports.testkit.InParallel;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A process whose threads ask for more ports than there are, and tells what each request got or cost. */
final class Contender {
    static final int THREADS = 16;
    static final int REQUESTS = 5;
    static final Duration LIMIT = Duration.ofSeconds(60);

    /** The driver sends a command on the thread that asks for it. */
    private static final ThreadLocal<Integer> COMMANDS = ThreadLocal.withInitial(() -> 0);

    private Contender() {}

    /**
     * Runs the process: says that it is ready, waits for a byte, and prints one line per request.
     *
     * @param arguments connection string, database, range, name of the process
     */
    public static void main(String[] arguments) throws IOException {
        MongoClientSettings client = MongoClientSettings.builder()
                .applyConnectionString(new ConnectionString(arguments[0]))
                .addCommandListener(new CommandListener() {
                    @Override
                    public void commandStarted(CommandStartedEvent event) {
                        COMMANDS.set(COMMANDS.get() + 1);
                    }
                })
                .build();
        RegistrySettings settings = new RegistrySettings(
                PortRange.parse(arguments[2]), List.of(), Duration.ofMinutes(5), Duration.ofSeconds(30), "local");
        try (MongoClient opened = MongoClients.create(client)) {
            MongoPortAllocator host = MongoPortAllocator.using(opened, arguments[1], settings);
            host.statistics(Deadline.after(LIMIT));
            System.out.println("ready");
            if (System.in.read() >= 0) {
                InParallel.run(THREADS, thread -> contend(host, arguments[3] + "-" + thread))
                        .forEach(results -> results.forEach(System.out::println));
            }
        }
    }

    private static List<String> contend(MongoPortAllocator host, String name) {
        List<String> results = new ArrayList<>();
        for (int i = 0; i < REQUESTS; i++) {
            results.add(request(host, name + "-" + i));
        }
        return results;
    }

    private static String request(MongoPortAllocator host, String module) {
        COMMANDS.set(0);
        long cpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        try {
            int port = host.allocate(
                            new PortRequest(module, 1, "owner-of-" + module, List.of(8080)), Deadline.after(LIMIT))
                    .ports()
                    .get(8080);
            return "granted " + COMMANDS.get() + " " + cpuMillis(cpu) + " " + port;
        } catch (PortException e) {
            return "refused " + COMMANDS.get() + " " + cpuMillis(cpu) + " " + e.kind() + " " + e.getMessage();
        }
    }

    private static long cpuMillis(long since) {
        return Duration.ofNanos(ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - since)
                .toMillis();
    }
}
