package io.a64.ports.mongo;

import io.a64.ports.spi.PortAllocator;
import io.a64.ports.testkit.PortAllocatorContract;
import io.a64.ports.testkit.PortAllocatorSetup;
import io.a64.spi.Settings;
import io.a64.test.services.FreePort;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The allocator kit on MongoDB; subclasses say on which kind of server. */
abstract class MongoPortAllocatorKit extends PortAllocatorContract {
    @RegisterExtension
    final MongoPorts ports;

    MongoPortAllocatorKit(MongoPorts ports) {
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

    @Override
    protected Optional<PortAllocator> openUnreachable() {
        String uri = "mongodb://127.0.0.1:" + FreePort.find() + "/nowhere";
        return Optional.of(new MongoPortAllocatorProvider().create(Settings.of(Map.of("a64.mongodb.uri", uri))));
    }
}
