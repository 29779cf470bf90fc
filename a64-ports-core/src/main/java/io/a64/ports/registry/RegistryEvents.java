package io.a64.ports.registry;

import io.a64.ports.event.PortEvent;
import io.a64.ports.event.PortListener;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells listeners, and the log, what an operator should know; each finding once. Safe for use by several threads. */
final class RegistryEvents {
    private static final Logger LOG = LoggerFactory.getLogger(RegistryEvents.class);

    private final List<PortListener> listeners = new CopyOnWriteArrayList<>();
    private final Set<String> expanded = ConcurrentHashMap.newKeySet();
    private final Set<PortEvent> found = ConcurrentHashMap.newKeySet();

    void add(PortListener listener) {
        listeners.add(listener);
    }

    void remove(PortListener listener) {
        listeners.remove(listener);
    }

    /** Notes where ports were taken from. Who asks for a part of an expansion, which has none itself, expands nothing. */
    void noteTaken(PortArea area, int port, FreePorts free) {
        if (area.first().get(port)) {
            if (free.hasFirst(area)) {
                expanded.remove(area.name());
            }
        } else if (area.further().get(port) && !area.expansion().isEmpty() && expanded.add(area.name())) {
            LOG.info(
                    "Ports of {} {} are all taken; {} is the first of {}",
                    area.name(),
                    area.ranges(),
                    port,
                    area.expansion());
            emit(new PortEvent.PoolExpanded(area.name(), port, area.expansion()));
        }
    }

    void noteQuarantined(String module, Map<Integer, String> evidence) {
        evidence.forEach((port, what) -> {
            LOG.warn("Port {} that module {} should have got is in use: {}; quarantined", port, module, what);
            emit(new PortEvent.PortQuarantined(module, port, what));
        });
    }

    /** Looks for doubles among what other programs hold. */
    void noteForeign(List<PortEntry> foreign) {
        foreign.stream()
                .filter(entry -> entry.internalPort() > 0)
                .collect(Collectors.groupingBy(PortEntry::module, TreeMap::new, Collectors.toList()))
                .forEach((module, entries) -> entries.stream()
                        .collect(Collectors.groupingBy(PortEntry::internalPort, TreeMap::new, Collectors.toList()))
                        .forEach((internalPort, same) -> noteDoubles(module, internalPort, same)));
    }

    private void noteDoubles(String module, int internalPort, List<PortEntry> same) {
        List<Integer> ports = same.stream().map(PortEntry::port).sorted().toList();
        PortEvent event = new PortEvent.DuplicateFound(module, internalPort, ports);
        if (ports.size() > 1 && found.add(event)) {
            LOG.warn(
                    "Ports {} are all recorded for port {} of module {}; none is touched", ports, internalPort, module);
            emit(event);
        }
    }

    private void emit(PortEvent event) {
        for (PortListener listener : listeners) {
            try {
                listener.onEvent(event);
            } catch (RuntimeException e) {
                LOG.warn("listener {} failed on {}", listener.getClass().getName(), event, e);
            }
        }
    }
}
