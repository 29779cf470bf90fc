package io.a64.deploy.testkit;

import io.a64.Deadline;
import io.a64.deploy.spi.ModuleRecord;
import io.a64.deploy.spi.ModuleStore;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The simplest correct store: one lock on a shared map. Its protected methods are where faults are planted. */
class ReferenceStore implements ModuleStore {
    final Map<String, ModuleRecord> records;

    ReferenceStore(Map<String, ModuleRecord> records) {
        this.records = records;
    }

    protected boolean isCurrent(ModuleRecord stored, ModuleRecord given) {
        return stored.revision() == given.revision()
                && stored.allocation().owner().equals(given.allocation().owner());
    }

    protected boolean mayInsert(ModuleRecord record) {
        return !records.containsKey(record.module());
    }

    protected ModuleRecord stored(ModuleRecord record) {
        return record;
    }

    @Override
    public String name() {
        return "reference";
    }

    @Override
    public void ping(Deadline deadline) {}

    @Override
    public boolean insert(ModuleRecord record, Deadline deadline) {
        synchronized (records) {
            boolean inserted = mayInsert(record);
            if (inserted) {
                records.put(record.module(), stored(record));
            }
            return inserted;
        }
    }

    @Override
    public boolean replace(ModuleRecord current, ModuleRecord next, Deadline deadline) {
        synchronized (records) {
            boolean replaced = isThere(current);
            if (replaced) {
                records.put(current.module(), stored(next));
            }
            return replaced;
        }
    }

    @Override
    public boolean remove(ModuleRecord current, Deadline deadline) {
        synchronized (records) {
            boolean removed = isThere(current);
            if (removed) {
                records.remove(current.module());
            }
            return removed;
        }
    }

    private boolean isThere(ModuleRecord current) {
        ModuleRecord stored = records.get(current.module());
        return stored != null && isCurrent(stored, current);
    }

    @Override
    public Optional<ModuleRecord> find(String module, Deadline deadline) {
        synchronized (records) {
            return Optional.ofNullable(records.get(module));
        }
    }

    @Override
    public List<ModuleRecord> list(Deadline deadline) {
        synchronized (records) {
            return List.copyOf(records.values());
        }
    }

    @Override
    public Instant now(Deadline deadline) {
        return Instant.now();
    }

    @Override
    public void close() {}
}
