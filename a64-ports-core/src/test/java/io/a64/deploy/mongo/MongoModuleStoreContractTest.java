package io.a64.deploy.mongo;

import io.a64.deploy.spi.ModuleStore;
import io.a64.deploy.testkit.ModuleStoreContract;
import io.a64.mongo.testing.MongoDatabaseExtension;
import io.a64.spi.Settings;
import io.a64.test.services.FreePort;
import io.a64.test.services.RequiresService;
import io.a64.test.services.Service;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.extension.RegisterExtension;

@RequiresService(Service.MONGODB)
class MongoModuleStoreContractTest extends ModuleStoreContract {
    @RegisterExtension
    final MongoDatabaseExtension mongo = new MongoDatabaseExtension();

    @Override
    protected ModuleStore open() {
        return MongoModuleStore.using(mongo.database());
    }

    @Override
    protected Optional<ModuleStore> openUnreachable() {
        String uri = "mongodb://127.0.0.1:" + FreePort.find() + "/nowhere";
        return Optional.of(new MongoModuleStoreProvider().create(Settings.of(Map.of("a64.mongodb.uri", uri))));
    }
}
