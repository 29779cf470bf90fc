package io.a64.container;

import java.util.Objects;

/**
 * A container of ours, as the runtime lists it.
 *
 * @param id the runtime's identifier
 * @param module the module it belongs to
 * @param generation the module's generation
 * @param owner the deployment that created it
 * @param state where it is in its life
 */
public record ModuleContainer(String id, String module, int generation, String owner, ContainerState state) {

    public ModuleContainer {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(module, "module");
        Objects.requireNonNull(owner, "owner");
        Objects.requireNonNull(state, "state");
    }
}
