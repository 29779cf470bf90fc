package io.a64.deploy.memory;

import io.a64.Deadline;
import io.a64.FailureKind;
import io.a64.deploy.spi.ModuleRecord;
import io.a64.deploy.spi.ModuleStore;
import io.a64.deploy.spi.StoreException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/** Keeps module records in this JVM. Never blocks. Safe for use by several threads. */
public final class MemoryModuleStore implements ModuleStore {
    static final String NAME = "memory";

    private final Clock clock;
    private final Map<String, ModuleRecord> records;
    private volatile boolean closed;

    private MemoryModuleStore(Clock clock, Map<String, ModuleRecord> records) {
        this.clock = clock;
        this.records = records;
    }

    /** Creates an empty store with the system's clock. */
    public static MemoryModuleStore create() {
        return create(Clock.systemUTC());
    }

    /**
     * Creates an empty store.
     *
     * @param clock the store's own time
     */
    public static MemoryModuleStore create(Clock clock) {
        return new MemoryModuleStore(clock, new ConcurrentSkipListMap<>());
    }

    /** Returns another store on the same records and clock, as another host has one on the same database. */
    public MemoryModuleStore sibling() {
        return new MemoryModuleStore(clock, records);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void ping(Deadline deadline) {
        requireOpen();
    }

    @Override
    public boolean insert(ModuleRecord record, Deadline deadline) {
        requireOpen();
        return records.putIfAbsent(record.module(), record) == null;
    }

    @Override
    public boolean replace(ModuleRecord current, ModuleRecord next, Deadline deadline) {
        requireOpen();
        ModuleRecord present = records.get(current.module());
        return present != null && isSame(present, current) && records.replace(current.module(), present, next);
    }

    @Override
    public boolean remove(ModuleRecord current, Deadline deadline) {
        requireOpen();
        ModuleRecord present = records.get(current.module());
        return present != null && isSame(present, current) && records.remove(current.module(), present);
    }

    /** The owner counts too: a module that was removed and installed anew begins with revision 1 again. */
    private static boolean isSame(ModuleRecord present, ModuleRecord current) {
        return present.revision() == current.revision()
                && present.allocation().owner().equals(current.allocation().owner());
    }

    @Override
    public Optional<ModuleRecord> find(String module, Deadline deadline) {
        requireOpen();
        return Optional.ofNullable(records.get(module));
    }

    @Override
    public List<ModuleRecord> list(Deadline deadline) {
        requireOpen();
        return List.copyOf(records.values());
    }

    @Override
    public Instant now(Deadline deadline) {
        requireOpen();
        return clock.instant();
    }

    @Override
    public void close() {
        closed = true;
    }

    private void requireOpen() {
        if (closed) {
            throw new StoreException(FailureKind.UNAVAILABLE, "the memory module store is closed", null);
        }
    }
}
