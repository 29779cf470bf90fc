package io.a64.ports.registry;

import io.a64.Deadline;
import io.a64.ports.PoolForecast;
import io.a64.ports.PortAllocation;
import io.a64.ports.PortTenure;
import io.a64.ports.event.PortListener;
import io.a64.ports.registry.PortEntry.State;
import io.a64.ports.spi.PortLedger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** What a registry's own documents tell beyond the present moment. */
final class RegistryLedger implements PortLedger {
    private final PortStore store;
    private final PortSpace space;
    private final RegistryEvents events;

    RegistryLedger(PortStore store, PortSpace space, RegistryEvents events) {
        this.store = store;
        this.space = space;
        this.events = events;
    }

    @Override
    public List<PortAllocation> bound(Deadline deadline) {
        Map<String, PortAllocation> byOwner = new LinkedHashMap<>();
        store.entries(deadline).stream()
                .filter(entry -> entry.state() == State.BOUND && !entry.owner().isEmpty())
                .forEach(entry -> byOwner.merge(entry.owner(), allocation(entry), RegistryLedger::joined));
        return new ArrayList<>(byOwner.values());
    }

    private static PortAllocation allocation(PortEntry entry) {
        return new PortAllocation(
                entry.module(), entry.generation(), entry.owner(), Map.of(entry.internalPort(), entry.port()));
    }

    private static PortAllocation joined(PortAllocation one, PortAllocation other) {
        SortedMap<Integer, Integer> ports = new TreeMap<>(one.ports());
        ports.putAll(other.ports());
        return new PortAllocation(one.module(), one.generation(), one.owner(), ports);
    }

    @Override
    public List<PortTenure> tenures(Deadline deadline) {
        return store.tenures(deadline).stream()
                .sorted(Comparator.comparingInt(PortTenure::port).thenComparing(PortTenure::from))
                .toList();
    }

    @Override
    public List<PoolForecast> forecast(Deadline deadline) {
        List<PortTenure> tenures = store.tenures(deadline);
        Forecast forecast = new Forecast(tenures, store.now(deadline));
        List<PortEntry> entries = store.entries(deadline);
        return space.areas().stream()
                .map(area -> forecast.of(area, Counts.of(area, entries).available()))
                .toList();
    }

    @Override
    public void addListener(PortListener listener) {
        events.add(listener);
    }

    @Override
    public void removeListener(PortListener listener) {
        events.remove(listener);
    }
}
