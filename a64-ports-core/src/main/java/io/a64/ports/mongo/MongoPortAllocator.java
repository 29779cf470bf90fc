package io.a64.ports.mongo;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoDatabase;
import io.a64.mongo.MongoAccess;
import io.a64.ports.PortException;
import io.a64.ports.registry.PortStore;
import io.a64.ports.registry.RegistryPortAllocator;
import io.a64.ports.registry.RegistrySettings;
import io.a64.spi.Settings;
import java.util.function.LongSupplier;

/**
 * Hands out ports that are registered in MongoDB, collection {@code port_registry} – for a node other than {@code
 * local}, {@code port_registry_<node>}. Several hosts may share a database: the unique index on {@code port} decides who
 * gets a port, and all times are the server's. An allocation ordinarily takes one round trip, whatever is taken already.
 *
 * <p>Nothing waits for the server until it is used; then every call waits no longer than its deadline. An outage shows
 * as a {@link PortException} of kind {@code UNAVAILABLE}, and is over when the server is back. Safe for use by several
 * threads.
 */
public final class MongoPortAllocator extends RegistryPortAllocator {

    MongoPortAllocator(PortStore store, RegistrySettings settings, LongSupplier nanoTime) {
        super(store, settings, nanoTime);
    }

    /** Creates an allocator with default settings. The database's client stays the caller's, who closes it. */
    public static MongoPortAllocator using(MongoDatabase database) {
        return using(database, RegistrySettings.defaults());
    }

    /** Creates an allocator. The database's client stays the caller's, who closes it. */
    public static MongoPortAllocator using(MongoDatabase database, RegistrySettings settings) {
        return using(database, settings, System::nanoTime);
    }

    /**
     * Creates an allocator that ties its writes together by sessions: a claim that is still on its way when its time is
     * over is then refused by a replica set, and does not have to lapse. The client stays the caller's, who closes it.
     */
    public static MongoPortAllocator using(MongoClient client, String database, RegistrySettings settings) {
        MongoAccess access = MongoAccess.borrowing(client, database, PortException::new);
        return new MongoPortAllocator(new MongoPortStore(access, settings.node()), settings, System::nanoTime);
    }

    static MongoPortAllocator using(MongoDatabase database, RegistrySettings settings, LongSupplier nanoTime) {
        MongoAccess access = MongoAccess.borrowing(database, PortException::new);
        return new MongoPortAllocator(new MongoPortStore(access, settings.node()), settings, nanoTime);
    }

    static MongoPortAllocator opening(Settings settings, RegistrySettings registrySettings) {
        MongoAccess access = MongoAccess.opening(settings, PortException::new);
        return new MongoPortAllocator(
                new MongoPortStore(access, registrySettings.node()), registrySettings, System::nanoTime);
    }
}
