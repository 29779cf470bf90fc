package io.a64.ports.mongo;

import io.a64.mongo.testing.MongodReplicaSet;
import io.a64.test.services.OwnServer;
import io.a64.test.services.RequiresService;
import io.a64.test.services.Service;
import org.junit.jupiter.api.extension.RegisterExtension;

/** On a replica set of three. */
@RequiresService(Service.MONGOD)
class MongoReplicaSetPortPoolsContractTest extends MongoPortPoolsKit {
    @RegisterExtension
    static final OwnServer<MongodReplicaSet> SERVER = new OwnServer<>(MongodReplicaSet::start);

    MongoReplicaSetPortPoolsContractTest() {
        super(MongoPorts.on(() -> SERVER.get().uri()));
    }
}
