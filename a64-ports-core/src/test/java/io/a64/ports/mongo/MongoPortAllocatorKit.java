package io.a64.ports.mongo;

import com.mongodb.client.model.Filters;
import io.a64.mongo.testing.MongoDatabaseExtension;
import io.a64.ports.registry.RegistrySettings;
import io.a64.ports.spi.PortAllocator;
import io.a64.ports.testkit.PortAllocatorContract;
import io.a64.ports.testkit.PortAllocatorSetup;
import io.a64.spi.Settings;
import io.a64.test.services.FreePort;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bson.Document;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The allocator kit on MongoDB; subclasses say on which kind of server. */
abstract class MongoPortAllocatorKit extends PortAllocatorContract {
    @RegisterExtension
    final MongoDatabaseExtension mongo;

    MongoPortAllocatorKit(MongoDatabaseExtension mongo) {
        this.mongo = mongo;
    }

    @Override
    protected PortAllocator open(PortAllocatorSetup setup) {
        RegistrySettings settings =
                new RegistrySettings(setup.range(), setup.reserved(), setup.lease(), setup.cooldown(), "local");
        return MongoPortAllocator.using(mongo.database(), settings);
    }

    @Override
    protected void passTime(Duration time) {
        List.of("allocated_at", "lease_at", "cooling_since").forEach(field -> dateBack(field, time));
    }

    private void dateBack(String field, Duration time) {
        Document earlier = new Document("$subtract", List.of("$" + field, time.toMillis()));
        mongo.database()
                .getCollection("port_registry")
                .updateMany(Filters.exists(field), List.of(new Document("$set", new Document(field, earlier))));
    }

    @Override
    protected Optional<PortAllocator> openUnreachable() {
        String uri = "mongodb://127.0.0.1:" + FreePort.find() + "/nowhere";
        return Optional.of(new MongoPortAllocatorProvider().create(Settings.of(Map.of("a64.mongodb.uri", uri))));
    }
}
