package io.a64.container.memory;

import io.a64.container.ContainerException;
import io.a64.container.ContainerException.Problem;
import io.a64.container.ContainerSpec;
import java.net.InetAddress;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** The containers of a runtime and their names. Guarded by the runtime's lock. */
final class MemoryContainers {

    private final InetAddress address;
    private final Map<String, MemoryContainer> byId = new LinkedHashMap<>();
    private final Set<String> foreignNames = new HashSet<>();

    MemoryContainers(InetAddress address) {
        this.address = address;
    }

    private static String name(String module, int generation) {
        return "a64-" + module + (generation <= 1 ? "" : "-g" + generation);
    }

    void occupy(String module) {
        foreignNames.add(name(module, 1));
    }

    Optional<MemoryContainer> find(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    Optional<MemoryContainer> remove(String id) {
        return Optional.ofNullable(byId.remove(id));
    }

    Collection<MemoryContainer> all() {
        return byId.values();
    }

    List<MemoryContainer> ofModule(String module) {
        return byId.values().stream()
                .filter(container -> container.spec().module().equals(module))
                .toList();
    }

    /** Adopts the same owner's container, replaces another's that does not run. */
    String create(ContainerSpec spec, ImageBehaviour behaviour) {
        String name = name(spec.module(), spec.generation());
        if (foreignNames.contains(name)) {
            throw taken(name, "a container that is not ours");
        }
        Optional<MemoryContainer> holder = byId.values().stream()
                .filter(container -> container.name().equals(name))
                .findFirst();
        if (holder.isPresent()) {
            MemoryContainer found = holder.get();
            if (found.spec().owner().equals(spec.owner())) {
                return found.id();
            }
            if (found.isRunning()) {
                throw taken(
                        name,
                        "the running container of deployment " + found.spec().owner());
            }
            byId.remove(found.id());
        }
        String id = UUID.randomUUID().toString();
        byId.put(id, new MemoryContainer(id, name, spec, behaviour, address));
        return id;
    }

    private static ContainerException taken(String name, String holder) {
        return new ContainerException(
                Problem.NAME_CONFLICT,
                "cannot create the container " + name + ": " + holder + " has that name",
                List.of(),
                null);
    }
}
