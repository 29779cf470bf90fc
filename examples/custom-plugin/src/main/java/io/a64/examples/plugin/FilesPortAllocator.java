package io.a64.examples.plugin;

import io.a64.Deadline;
import io.a64.FailureKind;
import io.a64.InvalidInputException;
import io.a64.examples.plugin.PortEntry.State;
import io.a64.ports.AllocatedPort;
import io.a64.ports.PortAllocation;
import io.a64.ports.PortException;
import io.a64.ports.PortRange;
import io.a64.ports.PortRequest;
import io.a64.ports.PortSource;
import io.a64.ports.PortStatistics;
import io.a64.ports.PortUse;
import io.a64.ports.spi.PortAllocator;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * Keeps one text file per taken port in a directory. Small and correct rather than fast: every call reads all files
 * while it keeps others out. Safe for use by several threads and processes of one machine, whose clock it trusts.
 */
public final class FilesPortAllocator implements PortAllocator {

    /**
     * How ports are given out.
     *
     * @param range where they are taken from
     * @param reserved what is never given out
     * @param lease how long a reservation lasts
     * @param cooldown how long a port rests after it was bound
     */
    public record Rules(PortRange range, List<PortRange> reserved, Duration lease, Duration cooldown) {

        public Rules {
            reserved = List.copyOf(reserved);
        }
    }

    private final Entries entries;
    private final Rules rules;
    private final SortedSet<Integer> pool;
    private final Clock clock;

    /** Creates an allocator; the directory is made when the first port is allocated. */
    public FilesPortAllocator(Path directory, Rules rules, Clock clock) {
        this.entries = new Entries(directory);
        this.rules = rules;
        this.pool = rules.range().without(rules.reserved());
        this.clock = clock;
    }

    @Override
    public String name() {
        return "files";
    }

    @Override
    public PortAllocation allocate(PortRequest request, Deadline deadline) {
        if (!request.source().equals(PortSource.assigned())) {
            throw new InvalidInputException("ports", request.source(), "come from the one range that there is");
        }
        return guarded(deadline, () -> {
            Map<Integer, PortEntry> blocking = blocking();
            Map<Integer, Integer> granted = held(request, blocking);
            List<Integer> missing = request.internalPorts().stream()
                    .filter(internal -> !granted.containsKey(internal))
                    .toList();
            List<Integer> free =
                    pool.stream().filter(port -> !blocking.containsKey(port)).toList();
            if (free.size() < missing.size()) {
                throw exhausted(missing.size(), free.size(), blocking);
            }
            for (int i = 0; i < missing.size(); i++) {
                reserve(request, missing.get(i), free.get(i));
                granted.put(missing.get(i), free.get(i));
            }
            return new PortAllocation(request.module(), request.generation(), request.owner(), granted);
        });
    }

    /** Returns what this owner holds already for the request. */
    private Map<Integer, Integer> held(PortRequest request, Map<Integer, PortEntry> blocking) {
        Map<Integer, Integer> held = new HashMap<>();
        for (PortEntry entry : blocking.values()) {
            boolean same = entry.module().equals(request.module()) && entry.generation() == request.generation();
            if (!same || entry.state() == State.COOLING) {
                continue;
            }
            if (!entry.owner().equals(request.owner())) {
                throw new PortException(
                        FailureKind.CONFLICT,
                        "another deployment of module " + request.module() + " holds port " + entry.port(),
                        null);
            }
            if (request.internalPorts().contains(entry.internalPort())) {
                held.put(entry.internalPort(), entry.port());
            }
        }
        return held;
    }

    private void reserve(PortRequest request, int internal, int external) throws IOException {
        Instant now = clock.instant();
        write(new PortEntry(
                external,
                request.module(),
                request.generation(),
                request.owner(),
                internal,
                now,
                State.RESERVED,
                now.plus(rules.lease())));
    }

    private PortException exhausted(int wanted, int free, Map<Integer, PortEntry> blocking) {
        int cooling = count(blocking, State.COOLING);
        return PortException.exhausted(rules.range(), wanted, free, blocking.size() - cooling, cooling);
    }

    @Override
    public boolean confirm(PortAllocation allocation, Deadline deadline) {
        return change(allocation, deadline, entry -> true, entry -> entry.in(State.BOUND, Instant.MAX));
    }

    @Override
    public boolean renew(PortAllocation allocation, Deadline deadline) {
        return change(
                allocation,
                deadline,
                entry -> entry.state() == State.RESERVED,
                entry -> entry.in(State.RESERVED, clock.instant().plus(rules.lease())));
    }

    /** Changes all entries of an allocation, or none if the owner does not hold every one of them as it should be. */
    private boolean change(
            PortAllocation allocation,
            Deadline deadline,
            Predicate<PortEntry> condition,
            UnaryOperator<PortEntry> change) {
        return guarded(deadline, () -> {
            List<PortEntry> held =
                    entriesOf(allocation).stream().filter(condition).toList();
            if (held.size() < allocation.ports().size()) {
                return false;
            }
            for (PortEntry entry : held) {
                write(change.apply(entry));
            }
            return true;
        });
    }

    @Override
    public boolean release(PortAllocation allocation, PortUse use, Deadline deadline) {
        return guarded(deadline, () -> {
            List<PortEntry> held = entriesOf(allocation);
            for (PortEntry entry : held) {
                if (use == PortUse.NEVER_BOUND) {
                    entries.delete(Integer.toString(entry.port()));
                } else {
                    write(entry.in(State.COOLING, clock.instant().plus(rules.cooldown())));
                }
            }
            return !held.isEmpty();
        });
    }

    private List<PortEntry> entriesOf(PortAllocation allocation) throws IOException {
        Map<Integer, PortEntry> blocking = blocking();
        List<PortEntry> held = new ArrayList<>();
        for (int port : allocation.ports().values()) {
            PortEntry entry = blocking.get(port);
            if (entry != null && isHeldBy(allocation, entry)) {
                held.add(entry);
            }
        }
        return held;
    }

    private static boolean isHeldBy(PortAllocation allocation, PortEntry entry) {
        return entry.state() != State.COOLING
                && entry.owner().equals(allocation.owner())
                && entry.generation() == allocation.generation();
    }

    @Override
    public PortStatistics statistics(Deadline deadline) {
        return guarded(deadline, () -> {
            Map<Integer, PortEntry> blocking = blocking();
            Instant now = clock.instant();
            return new PortStatistics(
                    rules.range(),
                    (int) pool.stream()
                            .filter(port -> !blocking.containsKey(port))
                            .count(),
                    0,
                    count(blocking, State.COOLING),
                    0,
                    blocking.values().stream()
                            .filter(entry -> entry.isHeld(now))
                            .map(entry -> new AllocatedPort(
                                    entry.module(), entry.port(), entry.internalPort(), entry.allocatedAt()))
                            .toList(),
                    List.of());
        });
    }

    @Override
    public void ping(Deadline deadline) {
        statistics(deadline);
    }

    @Override
    public void close() {}

    private static int count(Map<Integer, PortEntry> blocking, State state) {
        return (int) blocking.values().stream()
                .filter(entry -> entry.state() == state)
                .count();
    }

    /** Returns every port that cannot be given out now. */
    private Map<Integer, PortEntry> blocking() throws IOException {
        Instant now = clock.instant();
        Map<Integer, PortEntry> blocking = new TreeMap<>();
        for (Map.Entry<String, Properties> file : entries.all().entrySet()) {
            PortEntry entry = PortEntry.of(file.getKey(), file.getValue()).asOf(now, rules.cooldown());
            if (entry.blocks(now)) {
                blocking.put(entry.port(), entry);
            }
        }
        return blocking;
    }

    private void write(PortEntry entry) throws IOException {
        entries.write(Integer.toString(entry.port()), entry.text());
    }

    private <T> T guarded(Deadline deadline, Entries.Action<T> action) {
        if (deadline.hasPassed()) {
            throw new PortException(FailureKind.DEADLINE_EXCEEDED, "the deadline passed", null);
        }
        try {
            return entries.exclusively(deadline, action);
        } catch (IOException | IllegalArgumentException | DateTimeException e) {
            throw new PortException(FailureKind.UNAVAILABLE, "port files in " + entries + ": " + e, e);
        }
    }
}
