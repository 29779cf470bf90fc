package io.a64.ports.mongo;

import io.a64.test.services.RequiresService;
import io.a64.test.services.Service;

/** On the MongoDB that is there, a replica set of one where {@code .ci/provision} started it. */
@RequiresService(Service.MONGODB)
class MongoPortLedgerContractTest extends MongoPortLedgerKit {
    MongoPortLedgerContractTest() {
        super(MongoPorts.onTheServerThatIsThere());
    }
}
