package io.a64.ports.mongo;

import io.a64.ports.registry.PortStore;
import io.a64.ports.registry.PortStoreContract;
import java.time.Duration;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The store kit on MongoDB; subclasses say on which kind of server. */
abstract class MongoPortStoreKit extends PortStoreContract {
    @RegisterExtension
    final MongoPorts ports;

    MongoPortStoreKit(MongoPorts ports) {
        this.ports = ports;
    }

    @Override
    protected PortStore open() {
        return ports.store();
    }

    @Override
    protected void passTime(Duration time) {
        ports.passTime(time);
    }
}
