package io.a64.deploy.spi;

import io.a64.module.ModuleSpec;
import io.a64.module.ModuleState;
import io.a64.ports.PortAllocation;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * What is remembered of a module.
 *
 * @param revision counts the changes, from 1; the store compares it
 * @param state where the module is in its life
 * @param spec what the host asked for
 * @param allocation generation, owner and ports
 * @param installedAt when the deployment began
 * @param busyUntil until when, by the store's clock, the owner works on the module and nobody else may; empty if
 *     nobody does
 */
public record ModuleRecord(
        long revision,
        ModuleState state,
        ModuleSpec spec,
        PortAllocation allocation,
        Instant installedAt,
        Optional<Instant> busyUntil) {

    public ModuleRecord {
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(spec, "spec");
        Objects.requireNonNull(allocation, "allocation");
        Objects.requireNonNull(installedAt, "installedAt");
        Objects.requireNonNull(busyUntil, "busyUntil");
    }

    /** Returns the module's name. */
    public String module() {
        return spec.name();
    }

    /** Returns the next revision of this record, in another state. */
    public ModuleRecord next(ModuleState newState, Optional<Instant> newBusyUntil) {
        return new ModuleRecord(revision + 1, newState, spec, allocation, installedAt, newBusyUntil);
    }
}
