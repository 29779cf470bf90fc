package io.a64.deploy.mongo;

import io.a64.ports.PortRange;
import io.a64.ports.PortSource;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/** Where a module's ports come from, as a part of its document; absent for what the settings assign. */
final class PortSourceDocument {
    private static final String POOL = "pool";
    private static final String RANGE = "range";
    private static final String PORTS = "ports";

    private PortSourceDocument() {}

    static @Nullable Document of(PortSource source) {
        if (source instanceof PortSource.Pool pool) {
            return new Document(POOL, pool.name());
        }
        if (source instanceof PortSource.Within within) {
            return new Document(RANGE, within.range().toString());
        }
        if (source instanceof PortSource.Exactly exactly) {
            return new Document(PORTS, ModuleDocument.ports(exactly.ports()));
        }
        return null;
    }

    static PortSource source(@Nullable Document document) {
        if (document == null) {
            return PortSource.assigned();
        }
        String pool = document.getString(POOL);
        String range = document.getString(RANGE);
        if (pool != null) {
            return PortSource.pool(pool);
        }
        return range != null
                ? PortSource.within(PortRange.parse(range))
                : PortSource.exactly(ModuleDocument.ports(document.get(PORTS, Document.class)));
    }
}
