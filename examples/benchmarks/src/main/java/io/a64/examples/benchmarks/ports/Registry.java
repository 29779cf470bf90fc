package io.a64.examples.benchmarks.ports;

import static com.mongodb.client.model.Filters.eq;

import com.mongodb.client.MongoDatabase;
import io.a64.Deadline;
import io.a64.ports.AllocatedPort;
import io.a64.ports.PortAllocation;
import io.a64.ports.PortRange;
import io.a64.ports.PortRequest;
import io.a64.ports.PortStatistics;
import io.a64.ports.PortUse;
import io.a64.ports.mongo.MongoPortAllocator;
import io.a64.ports.registry.RegistrySettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.bson.Document;

/** An allocator on a registry of its own, and what it takes to fill it. Safe for use by several threads. */
final class Registry {

    /** Long enough for a slow machine; nothing that is measured comes near it. */
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private static final int FIRST = 9000;
    /** A bulk of this size is filled quickly and still far from the server's limits. */
    private static final int BATCH = 500;

    private final MongoDatabase database;
    private final String node;
    private final MongoPortAllocator allocator;
    private final String prefix = "m" + UUID.randomUUID().toString().substring(0, 8) + "-";
    private final AtomicLong modules = new AtomicLong();

    private Registry(MongoDatabase database, RegistrySettings settings) {
        this.database = database;
        node = settings.node();
        allocator = MongoPortAllocator.using(database, settings);
    }

    /** Opens a registry, which may exist already. Its cooldowns outlast the benchmark. */
    static Registry open(MongoDatabase database, String node, int ports) {
        return open(database, node, ports, Duration.ofHours(1));
    }

    static Registry open(MongoDatabase database, String node, int ports, Duration cooldown) {
        RegistrySettings settings = RegistrySettings.defaults()
                .withRange(new PortRange(FIRST, FIRST + ports - 1))
                .withReserved(List.of())
                .withPools()
                .withCooldown(cooldown)
                .withNode(node);
        return new Registry(database, settings);
    }

    String node() {
        return node;
    }

    /** Returns the name of the collection that the node's ports are registered in. */
    String collection() {
        return "port_registry_" + node;
    }

    /** Returns the document of a port that is reserved. */
    Document sample() {
        PortAllocation allocation = allocate(1);
        Document sample = database.getCollection(collection())
                .find(eq("port", allocation.ports().get(1)))
                .into(new ArrayList<>())
                .get(0);
        release(allocation);
        return sample;
    }

    MongoPortAllocator allocator() {
        return allocator;
    }

    int ports() {
        return allocator.settings().range().size();
    }

    /** Allocates this many ports to a module that was never heard of. */
    PortAllocation allocate(int count) {
        long module = modules.incrementAndGet();
        List<Integer> internalPorts = IntStream.rangeClosed(1, count).boxed().toList();
        return allocator.allocate(
                new PortRequest(prefix + module, 1, prefix + "owner-" + module, internalPorts), deadline());
    }

    void confirm(PortAllocation allocation) {
        require(allocator.confirm(allocation, deadline()), "confirm", allocation);
    }

    void release(PortAllocation allocation) {
        release(allocation, PortUse.NEVER_BOUND);
    }

    void release(PortAllocation allocation, PortUse use) {
        require(allocator.release(allocation, use, deadline()), "release", allocation);
    }

    PortStatistics statistics() {
        return allocator.statistics(deadline());
    }

    /** Returns the ports that are taken. */
    Set<Integer> taken() {
        return statistics().allocations().stream().map(AllocatedPort::port).collect(Collectors.toSet());
    }

    /** Takes this many ports of an empty registry for good, at places that only the seed decides. */
    void occupy(int count, long seed) {
        if (count == 0) {
            return;
        }
        List<PortAllocation> all = fill(ports());
        List<Integer> shuffled = new ArrayList<>();
        all.forEach(allocation -> shuffled.addAll(allocation.ports().values()));
        Collections.shuffle(shuffled, new Random(seed));
        Set<Integer> kept = new HashSet<>(shuffled.subList(0, count));
        for (PortAllocation allocation : all) {
            part(allocation, kept, true).ifPresent(this::confirm);
            part(allocation, kept, false).ifPresent(this::release);
        }
    }

    /** Fills this many ports, the lowest ones, and lets all of them go at once, as modules do that were running. */
    void massUninstall(int count) {
        List<PortAllocation> all = fill(count);
        all.forEach(this::confirm);
        all.forEach(allocation -> release(allocation, PortUse.WAS_BOUND));
    }

    private List<PortAllocation> fill(int count) {
        List<PortAllocation> all = new ArrayList<>();
        for (int left = count; left > 0; left -= BATCH) {
            all.add(allocate(Math.min(BATCH, left)));
        }
        return all;
    }

    private static Optional<PortAllocation> part(PortAllocation allocation, Set<Integer> ports, boolean inside) {
        Map<Integer, Integer> some = allocation.ports().entrySet().stream()
                .filter(entry -> ports.contains(entry.getValue()) == inside)
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        return some.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new PortAllocation(allocation.module(), allocation.generation(), allocation.owner(), some));
    }

    private static Deadline deadline() {
        return Deadline.after(LIMIT);
    }

    private static void require(boolean done, String what, PortAllocation allocation) {
        if (!done) {
            throw new IllegalStateException("cannot " + what + " " + allocation + ": it is not held any more");
        }
    }
}
