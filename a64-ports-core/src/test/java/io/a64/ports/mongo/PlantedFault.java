package io.a64.ports.mongo;

import com.mongodb.WriteConcern;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Updates;
import io.a64.mongo.MongoAccess;
import io.a64.ports.PortAllocation;
import io.a64.ports.PortException;
import io.a64.ports.registry.PortStore;
import io.a64.ports.registry.RegistrySettings;
import io.a64.ports.registry.Tampered;
import io.a64.ports.spi.PortAllocator;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Locale;
import org.bson.Document;

/** Mistakes that an allocator might be made with, to show that a run that looks for their consequences finds them. */
public enum PlantedFault {
    NONE,
    /** Who releases his ports releases all ports of the module. */
    RELEASE_BY_MODULE {
        @Override
        PortStore plant(PortStore store, MongoDatabase database, RegistrySettings settings) {
            return Tampered.method(PortStore.class, store, "release", (arguments, original) -> {
                PortAllocation allocation = Tampered.argument(arguments, PortAllocation.class);
                return registry(database)
                                .updateMany(
                                        Filters.and(
                                                Filters.eq(PortDocument.MODULE_NAME, allocation.module()),
                                                Filters.eq(PortDocument.STATUS, PortDocument.ACTIVE)),
                                        EndUpdates.release(Tampered.argument(arguments, Boolean.class), "released"))
                                .getMatchedCount()
                        > 0;
            });
        }
    },
    /** Reservations never lapse. */
    NO_LEASE {
        @Override
        RegistrySettings plant(RegistrySettings settings) {
            return settings.withLease(Duration.ofDays(365));
        }
    },
    /** The sweep judges the cooldown by the clock of its host, which runs an hour ahead. */
    CLIENT_CLOCK {
        @Override
        PortStore plant(PortStore store, MongoDatabase database, RegistrySettings settings) {
            return Tampered.method(PortStore.class, store, "sweep", (arguments, original) -> {
                Instant now = Instant.now().plus(Duration.ofHours(1));
                registry(database)
                        .updateMany(
                                Filters.lte(PortDocument.COOLING_SINCE, Date.from(now.minus(settings.cooldown()))),
                                Updates.combine(
                                        Updates.set(PortDocument.FREE, true),
                                        Updates.unset(PortDocument.COOLING_SINCE)));
                return original.with(arguments);
            });
        }
    },
    /** The primary alone acknowledges writes. */
    W1 {
        @Override
        MongoDatabase plant(MongoDatabase database) {
            return Tampered.method(
                    MongoDatabase.class,
                    database,
                    "withWriteConcern",
                    (arguments, original) -> original.with(WriteConcern.W1));
        }
    },
    /** The index on the port is not unique. */
    PLAIN_INDEX {
        @Override
        MongoDatabase plant(MongoDatabase database) {
            return Tampered.method(
                    MongoDatabase.class,
                    database,
                    "getCollection",
                    (arguments, original) -> Tampered.method(
                            MongoCollection.class, original.with(arguments), "createIndex", (index, create) -> {
                                Tampered.argument(index, IndexOptions.class).unique(false);
                                return create.with(index);
                            }));
        }
    };

    /** Returns the fault with a name such as {@code release-by-module}. */
    public static PlantedFault named(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    /** Returns the name by which {@link #named} finds it. */
    public String title() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Opens an allocator with this fault. */
    public PortAllocator open(MongoDatabase database, RegistrySettings settings) {
        MongoAccess access = MongoAccess.borrowing(plant(database), PortException::new);
        PortStore store = plant(new MongoPortStore(access, settings.node()), database, settings);
        return new MongoPortAllocator(store, plant(settings), System::nanoTime);
    }

    RegistrySettings plant(RegistrySettings settings) {
        return settings;
    }

    PortStore plant(PortStore store, MongoDatabase database, RegistrySettings settings) {
        return store;
    }

    MongoDatabase plant(MongoDatabase database) {
        return database;
    }

    private static MongoCollection<Document> registry(MongoDatabase database) {
        return database.getCollection("port_registry").withWriteConcern(WriteConcern.MAJORITY);
    }
}
