package io.a64.ports.mongo;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import io.a64.mongo.MongoAccess;
import io.a64.mongo.testing.MongoDatabaseExtension;
import io.a64.ports.PortException;
import io.a64.ports.registry.ContractSettings;
import io.a64.ports.registry.PortStore;
import io.a64.ports.registry.RegistrySettings;
import io.a64.ports.spi.PortAllocator;
import io.a64.ports.testkit.PortAllocatorSetup;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.bson.Document;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A registry in MongoDB for one contract test, and its time, which passes by dating back what is stored. */
final class MongoPorts implements BeforeEachCallback, AfterEachCallback {
    private static final List<String> DATES = List.of(
            PortDocument.ALLOCATED_AT,
            PortDocument.LEASE_AT,
            PortDocument.RESERVED_UNTIL,
            PortDocument.CONFIRMED_AT,
            PortDocument.RELEASED_AT,
            PortDocument.COOLING_SINCE,
            PortDocument.QUARANTINED_SINCE);

    private final MongoDatabaseExtension mongo;

    private MongoPorts(MongoDatabaseExtension mongo) {
        this.mongo = mongo;
    }

    /** Uses the MongoDB that is there. */
    static MongoPorts onTheServerThatIsThere() {
        return new MongoPorts(new MongoDatabaseExtension());
    }

    /** Uses another server. */
    static MongoPorts on(Supplier<String> uri) {
        return new MongoPorts(new MongoDatabaseExtension(uri));
    }

    PortAllocator open(PortAllocatorSetup setup) {
        return MongoPortAllocator.using(mongo.database(), ContractSettings.of(setup));
    }

    PortStore store() {
        return new MongoPortStore(
                MongoAccess.borrowing(mongo.database(), PortException::new), RegistrySettings.LOCAL_NODE);
    }

    void passTime(Duration time) {
        MongoCollection<Document> registry = mongo.database().getCollection("port_registry");
        DATES.forEach(field -> registry.updateMany(Filters.exists(field), set(field, earlier("$" + field, time))));
        Document tenure = new Document("$mergeObjects", List.of("$$tenure", earlierTenure(time)));
        Document tenures = new Document("input", "$" + PortDocument.HISTORY)
                .append("as", "tenure")
                .append("in", tenure);
        registry.updateMany(
                Filters.exists(PortDocument.HISTORY), set(PortDocument.HISTORY, new Document("$map", tenures)));
    }

    private static Document earlierTenure(Duration time) {
        return new Document(PortDocument.FROM, earlier("$$tenure." + PortDocument.FROM, time))
                .append(PortDocument.TO, earlier("$$tenure." + PortDocument.TO, time));
    }

    private static Document earlier(String date, Duration time) {
        return new Document("$subtract", List.of(date, time.toMillis()));
    }

    private static List<Document> set(String field, Object value) {
        return List.of(new Document("$set", new Document(field, value)));
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        mongo.beforeEach(context);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        mongo.afterEach(context);
    }
}
