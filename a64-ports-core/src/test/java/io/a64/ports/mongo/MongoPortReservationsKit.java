package io.a64.ports.mongo;

import io.a64.ports.spi.PortAllocator;
import io.a64.ports.testkit.PortAllocatorSetup;
import io.a64.ports.testkit.PortReservationsContract;
import java.time.Duration;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The reservations kit on MongoDB; subclasses say on which kind of server. */
abstract class MongoPortReservationsKit extends PortReservationsContract {
    @RegisterExtension
    final MongoPorts ports;

    MongoPortReservationsKit(MongoPorts ports) {
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
