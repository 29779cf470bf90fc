package io.a64.ports.testkit;

import io.a64.InvalidInputException;
import io.a64.ports.PoolStatistics;
import io.a64.ports.PortPool;
import io.a64.ports.PortRange;
import io.a64.ports.PortRequest;
import io.a64.ports.PortSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** Where reference allocators take ports from. Its protected methods are where faults are planted. */
class ReferenceSpace {
    final PortAllocatorSetup setup;

    ReferenceSpace(PortAllocatorSetup setup) {
        this.setup = setup;
    }

    /**
     * A part of the ports.
     *
     * @param name the pool it is of
     * @param ranges where ports are taken from first
     * @param expansion where they are taken from afterwards
     * @param first the ports of the ranges
     * @param further the ports of the expansion
     */
    record Area(
            String name,
            List<PortRange> ranges,
            List<PortRange> expansion,
            SortedSet<Integer> first,
            SortedSet<Integer> further) {

        List<Integer> ports() {
            List<Integer> ports = new ArrayList<>(first);
            ports.addAll(further);
            return ports;
        }
    }

    List<Area> areas() {
        List<Area> areas = new ArrayList<>();
        areas.add(area(PoolStatistics.GENERAL, List.of(setup.range()), setup.expansion(), apart()));
        setup.pools().forEach(pool -> areas.add(area(pool.name(), pool.ranges(), pool.expansion(), neverHandedOut())));
        return areas;
    }

    protected List<PortRange> neverHandedOut() {
        return setup.reserved();
    }

    /** Returns what the general range leaves alone. */
    protected List<PortRange> apart() {
        List<PortRange> apart = new ArrayList<>(setup.reserved());
        setup.pools().forEach(pool -> {
            apart.addAll(pool.ranges());
            apart.addAll(pool.expansion());
        });
        return apart;
    }

    private static Area area(String name, List<PortRange> ranges, List<PortRange> expansion, List<PortRange> without) {
        return new Area(name, ranges, expansion, ports(ranges, without), ports(expansion, without));
    }

    private static SortedSet<Integer> ports(Collection<PortRange> ranges, List<PortRange> without) {
        SortedSet<Integer> ports = new TreeSet<>();
        ranges.forEach(range -> ports.addAll(range.without(without)));
        return ports;
    }

    Area areaOf(PortRequest request) {
        PortSource source = request.source();
        if (source instanceof PortSource.Pool pool) {
            return named(pool.name());
        }
        if (source instanceof PortSource.Within within) {
            return within(within.range());
        }
        if (source instanceof PortSource.Exactly exactly) {
            return exactly(exactly.ports().values());
        }
        return setup.pools().stream()
                .filter(pool -> isFor(pool, request.module()))
                .findFirst()
                .map(pool -> named(pool.name()))
                .orElseGet(() -> areas().get(0));
    }

    protected boolean isFor(PortPool pool, String module) {
        return pool.isFor(module);
    }

    private Area named(String name) {
        return areas().stream()
                .filter(area -> area.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new InvalidInputException("pool", name, "be there"));
    }

    protected Area within(PortRange range) {
        Area general = areas().get(0);
        SortedSet<Integer> first = new TreeSet<>(general.first());
        SortedSet<Integer> further = new TreeSet<>(general.further());
        first.removeIf(port -> !range.contains(port));
        further.removeIf(port -> !range.contains(port));
        if (first.isEmpty() && further.isEmpty()) {
            throw new InvalidInputException("port range", range, "hold a port that is handed out");
        }
        return new Area(general.name(), List.of(range), List.of(), first, further);
    }

    private Area exactly(Collection<Integer> ports) {
        SortedSet<Integer> wanted = new TreeSet<>(ports);
        areas().forEach(area -> wanted.removeAll(area.ports()));
        if (!wanted.isEmpty()) {
            throw new InvalidInputException("ports", wanted, "be handed out");
        }
        return new Area(PoolStatistics.GENERAL, List.of(), List.of(), new TreeSet<>(ports), new TreeSet<>());
    }
}
