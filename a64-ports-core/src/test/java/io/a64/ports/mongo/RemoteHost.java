package io.a64.ports.mongo;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import io.a64.Deadline;
import io.a64.ports.PortAllocation;
import io.a64.ports.PortRange;
import io.a64.ports.PortRequest;
import io.a64.ports.PortUse;
import io.a64.ports.registry.RegistrySettings;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A host in a process of its own, which can be killed and frozen. It does what it is told, line by line, and answers. */
final class RemoteHost implements AutoCloseable {
    private static final String MODULE = "remote";
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final Process process;
    private final BufferedReader answers;
    private final BufferedWriter orders;

    private RemoteHost(Process process) {
        this.process = process;
        answers = process.inputReader(StandardCharsets.UTF_8);
        orders = process.outputWriter(StandardCharsets.UTF_8);
    }

    /** Starts a process whose host has looked at the registry. */
    static RemoteHost start(String uri, String database, RegistrySettings settings) {
        RemoteHost host = new RemoteHost(ChildJvm.start(
                RemoteHost.class,
                uri,
                database,
                settings.range().toString(),
                settings.lease().toString(),
                settings.cooldown().toString()));
        host.order("look");
        return host;
    }

    /** Returns the answer. */
    String order(String what) {
        send(what);
        return answer();
    }

    /** Does not wait for the answer. */
    void send(String what) {
        try {
            orders.write(what);
            orders.newLine();
            orders.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String answer() {
        try {
            return String.valueOf(answers.readLine());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends the process by SIGKILL. */
    void kill() {
        try {
            process.destroyForcibly().waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a host ends", e);
        }
    }

    /** Stops the process where it stands. */
    void freeze() {
        signal("STOP");
    }

    void resume() {
        signal("CONT");
    }

    private void signal(String name) {
        try {
            new ProcessBuilder("sh", "-c", "kill -" + name + " " + process.pid())
                    .inheritIO()
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while sending SIG" + name, e);
        }
    }

    @Override
    public void close() {
        kill();
    }

    /**
     * Runs the process, until its input ends.
     *
     * @param arguments connection string, database, range, lease, cooldown
     */
    public static void main(String[] arguments) throws IOException {
        RegistrySettings settings = new RegistrySettings(
                PortRange.parse(arguments[2]),
                List.of(),
                Duration.parse(arguments[3]),
                Duration.parse(arguments[4]),
                RegistrySettings.LOCAL_NODE);
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        try (MongoClient client = MongoClients.create(arguments[0])) {
            MongoPortAllocator host = MongoPortAllocator.using(client, arguments[1], settings);
            PortRequest request = new PortRequest(MODULE, 1, "remote-owner", List.of(8080, 8081));
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                System.out.println(obey(host, request, line));
            }
        }
    }

    private static String obey(MongoPortAllocator host, PortRequest request, String order) {
        return switch (order) {
            case "look" -> Integer.toString(host.statistics(soon()).totalAllocated());
            case "allocate" -> host.allocate(request, soon()).ports().values().toString();
            default -> known(host, request, order);
        };
    }

    /** Confirms, renews or releases two ports, of which the order names the first. */
    private static String known(MongoPortAllocator host, PortRequest request, String order) {
        int first = Integer.parseInt(order.substring(order.indexOf(' ') + 1));
        PortAllocation allocation =
                new PortAllocation(MODULE, 1, request.owner(), Map.of(8080, first, 8081, first + 1));
        return Boolean.toString(
                switch (order.substring(0, order.indexOf(' '))) {
                    case "confirm" -> host.confirm(allocation, soon());
                    case "renew" -> host.renew(allocation, soon());
                    case "release" -> host.release(allocation, PortUse.WAS_BOUND, soon());
                    default -> throw new IllegalArgumentException(order);
                });
    }

    private static Deadline soon() {
        return Deadline.after(LIMIT);
    }
}
