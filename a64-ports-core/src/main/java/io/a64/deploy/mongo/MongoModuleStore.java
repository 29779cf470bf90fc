package io.a64.deploy.mongo;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.exists;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoWriteException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Sorts;
import io.a64.Deadline;
import io.a64.FailureKind;
import io.a64.deploy.spi.ModuleRecord;
import io.a64.deploy.spi.ModuleStore;
import io.a64.deploy.spi.StoreException;
import io.a64.mongo.MongoAccess;
import io.a64.mongo.PreparedCollection;
import io.a64.spi.Settings;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bson.Document;
import org.bson.conversions.Bson;

/**
 * Keeps module records in MongoDB, collection {@code installed_modules}. Several hosts may share a database. Fields that
 * other programs add to a document stay untouched. Times are kept to the millisecond. A record holds what a module
 * needs to start again, so licence keys and environments are in it as they are: who may read the database may read them.
 *
 * <p>Nothing waits for the server until it is used; then every call waits no longer than its deadline. Safe for use by
 * several threads.
 */
public final class MongoModuleStore implements ModuleStore {
    static final String NAME = "mongodb";
    static final String COLLECTION = "installed_modules";

    private final MongoAccess access;
    private final PreparedCollection modules;

    private MongoModuleStore(MongoAccess access) {
        this.access = access;
        modules = new PreparedCollection(access, COLLECTION, ModuleDocument.MODULE_NAME, List.of());
    }

    /** Creates a store. The database's client stays the caller's, who closes it. */
    public static MongoModuleStore using(MongoDatabase database) {
        return new MongoModuleStore(MongoAccess.borrowing(database, StoreException::new));
    }

    static MongoModuleStore opening(Settings settings) {
        return new MongoModuleStore(MongoAccess.opening(settings, StoreException::new));
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void ping(Deadline deadline) {
        access.ping(deadline);
    }

    @Override
    public boolean insert(ModuleRecord record, Deadline deadline) {
        return modules.call("insert the record of module " + record.module(), deadline, (collection, run) -> {
            try {
                collection.insertOne(ModuleDocument.of(record));
                return true;
            } catch (MongoWriteException e) {
                if (e.getError().getCategory() != ErrorCategory.DUPLICATE_KEY) {
                    throw e;
                }
                return isRepeated(run) && holds(collection, record);
            }
        });
    }

    @Override
    public boolean replace(ModuleRecord current, ModuleRecord next, Deadline deadline) {
        return modules.call("replace the record of module " + current.module(), deadline, (collection, run) -> {
            boolean replaced = collection
                            .updateOne(exactly(current), ModuleDocument.replacement(next))
                            .getMatchedCount()
                    > 0;
            return replaced || (isRepeated(run) && holds(collection, next));
        });
    }

    @Override
    public boolean remove(ModuleRecord current, Deadline deadline) {
        return modules.call("remove the record of module " + current.module(), deadline, (collection, run) -> {
            boolean removed = collection.deleteOne(exactly(current)).getDeletedCount() > 0;
            return removed || (isRepeated(run) && collection.countDocuments(named(current.module())) == 0);
        });
    }

    /** The answer to an earlier run was lost: what this run finds in its way may be its own work. */
    private static boolean isRepeated(int run) {
        return run > 0;
    }

    private static boolean holds(MongoCollection<Document> collection, ModuleRecord record) {
        return collection.countDocuments(exactly(record)) > 0;
    }

    /** The owner counts too: a module that was removed and installed anew begins with revision 1 again. */
    private static Bson exactly(ModuleRecord record) {
        return and(
                named(record.module()),
                eq(ModuleDocument.REVISION, record.revision()),
                eq(ModuleDocument.OWNER, record.allocation().owner()));
    }

    private static Bson named(String module) {
        return eq(ModuleDocument.MODULE_NAME, module);
    }

    /**
     * {@inheritDoc}
     *
     * @throws StoreException of kind {@code CONFLICT} if the module's document was not written by this library
     */
    @Override
    public Optional<ModuleRecord> find(String module, Deadline deadline) {
        Document found = modules.<Optional<Document>>call(
                        "find the record of module " + module,
                        deadline,
                        (collection, run) -> Optional.ofNullable(
                                collection.find(named(module)).first()))
                .orElse(null);
        if (found != null && !found.containsKey(ModuleDocument.REVISION)) {
            throw new StoreException(
                    FailureKind.CONFLICT,
                    "module " + module + " was installed by another program: its document in " + COLLECTION
                            + " has no revision; uninstall it there first",
                    null);
        }
        return Optional.ofNullable(found).map(ModuleDocument::record);
    }

    /** {@inheritDoc} Without modules that another program installed. */
    @Override
    public List<ModuleRecord> list(Deadline deadline) {
        return modules.call(
                "list the module records",
                deadline,
                (collection, run) -> collection
                        .find(exists(ModuleDocument.REVISION))
                        .sort(Sorts.ascending(ModuleDocument.MODULE_NAME))
                        .map(ModuleDocument::record)
                        .into(new ArrayList<>()));
    }

    @Override
    public Instant now(Deadline deadline) {
        return access.serverTime(deadline);
    }

    @Override
    public void close() {
        access.close();
    }
}
