package io.a64.ports.registry;

import io.a64.InvalidInputException;
import io.a64.ports.PoolStatistics;
import io.a64.ports.PortPool;
import io.a64.ports.PortRange;
import io.a64.ports.PortRequest;
import io.a64.ports.PortSource;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** Every port that may be handed out, and to whom: the general range and the pools. Immutable. */
final class PortSpace {
    private final List<PortPool> pools;
    private final PortArea general;
    private final List<PortArea> areas = new ArrayList<>();

    /**
     * Lays out what the settings say.
     *
     * @throws InvalidInputException if the general range loses all its ports to reserved ones and pools
     */
    PortSpace(RegistrySettings settings) {
        BitSet reserved = PortSets.of(settings.reserved());
        BitSet apart = (BitSet) reserved.clone();
        pools = settings.pools();
        pools.forEach(pool -> {
            apart.or(PortSets.of(pool.ranges()));
            apart.or(PortSets.of(pool.expansion()));
        });
        general = PortArea.of(PoolStatistics.GENERAL, List.of(settings.range()), settings.expansion(), apart);
        areas.add(general);
        pools.forEach(pool -> areas.add(PortArea.of(pool.name(), pool.ranges(), pool.expansion(), reserved)));
        if (general.size() == 0) {
            throw new InvalidInputException(
                    "port range", general.ranges(), "hold a port that is neither reserved nor of a pool");
        }
    }

    /** Returns the general range and every pool. */
    List<PortArea> areas() {
        return List.copyOf(areas);
    }

    PortArea general() {
        return general;
    }

    /** Returns every port of every area, as a set that the caller may change. */
    BitSet all() {
        BitSet all = new BitSet();
        areas.forEach(area -> all.or(area.all()));
        return all;
    }

    /**
     * Returns where the ports of a request come from.
     *
     * @throws InvalidInputException if there is no such place
     */
    PortArea areaOf(PortRequest request) {
        PortSource source = request.source();
        if (source instanceof PortSource.Pool pool) {
            return named(pool.name());
        }
        if (source instanceof PortSource.Within within) {
            return within(within.range());
        }
        if (source instanceof PortSource.Exactly exactly) {
            return exactly(exactly);
        }
        return pools.stream()
                .filter(pool -> pool.isFor(request.module()))
                .findFirst()
                .map(pool -> named(pool.name()))
                .orElse(general);
    }

    private PortArea named(String pool) {
        return areas.stream()
                .filter(area -> area.name().equals(pool))
                .findFirst()
                .orElseThrow(() -> new InvalidInputException(
                        "pool",
                        pool,
                        "be one of " + areas.stream().map(PortArea::name).toList()));
    }

    private PortArea within(PortRange range) {
        PortArea part = general.within(range);
        if (part.size() == 0) {
            throw new InvalidInputException(
                    "port range", range, "hold a port of " + general.ranges() + general.expansion());
        }
        return part;
    }

    private PortArea exactly(PortSource.Exactly exactly) {
        BitSet strange = new BitSet();
        exactly.ports().values().forEach(strange::set);
        strange.andNot(all());
        if (!strange.isEmpty()) {
            throw new InvalidInputException(
                    "ports", strange, "be handed out: not reserved, and of the general range or a pool");
        }
        List<PortRange> single = exactly.ports().values().stream()
                .map(port -> new PortRange(port, port))
                .toList();
        return PortArea.of(general.name(), single, List.of(), new BitSet());
    }
}
