package io.a64.examples.host;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import io.a64.test.services.RequiresService;
import io.a64.test.services.Service;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;

/** Ports kept in MongoDB. */
@RequiresService(Service.MONGODB)
class PortCallsMongoIT extends PortCallsFromOutside {

    private final String database =
            "a64_host_ports_" + Long.toString(System.nanoTime(), 36).toLowerCase(Locale.ROOT);

    @Override
    Map<String, String> registry() {
        return Map.of("A64_MONGODB_URI", MongoUri.of(database));
    }

    @AfterEach
    void drop() {
        try (MongoClient mongo = MongoClients.create(Service.mongodbUri())) {
            mongo.getDatabase(database).drop();
        }
    }
}
