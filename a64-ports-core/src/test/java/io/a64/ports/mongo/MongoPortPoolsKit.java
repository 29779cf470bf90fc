package io.a64.ports.mongo;

import io.a64.ports.spi.PortAllocator;
import io.a64.ports.testkit.PortAllocatorSetup;
import io.a64.ports.testkit.PortPoolsContract;
import java.time.Duration;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The pools kit on MongoDB; subclasses say on which kind of server. */
abstract class MongoPortPoolsKit extends PortPoolsContract {
    @RegisterExtension
    final MongoPorts ports;

    MongoPortPoolsKit(MongoPorts ports) {
        this.ports = ports;
    }

    @Override
    protected PortAllocator open(PortAllocatorSetup setup) {
        return ports.open(setup);
    }

    @Override
    protected void passTime(Duration time) {
        ports.passTime(time);
    }
}
