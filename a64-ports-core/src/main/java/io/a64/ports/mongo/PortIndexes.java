package io.a64.ports.mongo;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.client.model.IndexModel;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import io.a64.ports.registry.RegistrySettings;
import java.util.List;

/** The indexes of the registry. Each has a name of ours: the driver tells only by the name which one a write ran into. */
final class PortIndexes {
    static final int DUPLICATE_KEY = 11000;
    static final String SLOT = "alloc_key_1";
    static final String FREE = "free_1_port_1";
    static final String BY_MODULE = "module_name_1_status_1";

    private static final String COLLECTION = "port_registry";

    private PortIndexes() {}

    /** Returns the name of a node's collection. */
    static String collection(String node) {
        return node.equals(RegistrySettings.LOCAL_NODE) ? COLLECTION : COLLECTION + "_" + node;
    }

    /** Returns the indexes besides the unique one on the port. */
    static List<IndexModel> all() {
        return List.of(
                new IndexModel(
                        Indexes.ascending(PortDocument.MODULE_NAME, PortDocument.STATUS),
                        new IndexOptions().name(BY_MODULE)),
                new IndexModel(
                        Indexes.ascending(PortDocument.ALLOC_KEY),
                        new IndexOptions().name(SLOT).unique(true).sparse(true)),
                new IndexModel(Indexes.ascending(PortDocument.FREE, PortDocument.PORT), new IndexOptions().name(FREE)),
                sparse(PortDocument.LEASE_AT),
                sparse(PortDocument.COOLING_SINCE),
                sparse(PortDocument.QUARANTINED_SINCE),
                sparse(PortDocument.RESERVED_UNTIL));
    }

    private static IndexModel sparse(String field) {
        return new IndexModel(
                Indexes.ascending(field), new IndexOptions().name(field + "_1").sparse(true));
    }

    /** Returns whether nothing but unique indexes stood in the way of a bulk. */
    static boolean isOnlyDuplicates(MongoBulkWriteException e) {
        return e.getWriteErrors().stream().allMatch(error -> error.getCode() == DUPLICATE_KEY);
    }
}
