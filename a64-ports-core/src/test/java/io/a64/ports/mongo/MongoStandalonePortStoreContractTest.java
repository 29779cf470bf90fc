package io.a64.ports.mongo;

import io.a64.test.services.MongodProcess;
import io.a64.test.services.OwnServer;
import io.a64.test.services.RequiresService;
import io.a64.test.services.Service;
import org.junit.jupiter.api.extension.RegisterExtension;

/** On a server without a replica set, where the driver repeats no write. */
@RequiresService(Service.MONGOD)
class MongoStandalonePortStoreContractTest extends MongoPortStoreKit {
    @RegisterExtension
    static final OwnServer<MongodProcess> SERVER = new OwnServer<>(MongodProcess::start);

    MongoStandalonePortStoreContractTest() {
        super(MongoPorts.on(() -> SERVER.get().uri()));
    }
}
