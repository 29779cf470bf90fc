package io.a64.deploy.spi;

import io.a64.Deadline;
import io.a64.spi.Component;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Keeps one record per module. Safe for use by several threads, and by several hosts if the store is shared: all
 * changes compare the revision that they replace. Every method may throw {@link StoreException}.
 */
public interface ModuleStore extends Component {

    /** Adds a record; returns false, and changes nothing, if the module has one. */
    boolean insert(ModuleRecord record, Deadline deadline);

    /** Puts a record in place of another; returns false, and changes nothing, if the former is not the current one. */
    boolean replace(ModuleRecord current, ModuleRecord next, Deadline deadline);

    /** Removes a record; returns false, and changes nothing, if it is not the current one. */
    boolean remove(ModuleRecord current, Deadline deadline);

    /** Returns the record of a module. */
    Optional<ModuleRecord> find(String module, Deadline deadline);

    /** Returns all records, sorted by module. */
    List<ModuleRecord> list(Deadline deadline);

    /** Returns the store's own time, by which {@link ModuleRecord#busyUntil} is judged. */
    Instant now(Deadline deadline);
}
