package io.a64.ports.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.a64.FailureKind;
import io.a64.ports.PoolStatistics;
import io.a64.ports.PortException;
import io.a64.ports.PortPool;
import io.a64.ports.PortRange;
import io.a64.ports.PortRequest;
import io.a64.ports.PortSource;
import io.a64.ports.spi.PortAllocator;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The words in which the tests of pools are written. */
abstract class PortPoolsFixture extends PortAllocatorFixture {
    static final PortSource FROM_MEDIA = PortSource.pool("media");
    static final PortPool MEDIA = PortPool.of("media", new PortRange(9100, 9101));

    static PortAllocatorSetup general(int ports) {
        return PortAllocatorSetup.ofPorts(ports);
    }

    static PortRange single(int port) {
        return new PortRange(port, port);
    }

    /** Allocates one port for module after module until nothing is left; returns the ports in this order. */
    static List<Integer> untilExhausted(PortAllocator allocator, PortSource source) {
        List<Integer> ports = new ArrayList<>();
        for (Optional<Integer> port = next(allocator, 0, source);
                port.isPresent();
                port = next(allocator, ports.size(), source)) {
            ports.add(port.get());
        }
        return ports;
    }

    /** Allocates one port for a module of this number and source. */
    static Optional<Integer> next(PortAllocator allocator, int number, PortSource source) {
        String module = "m-" + number + "-" + Integer.toHexString(source.hashCode());
        try {
            return Optional.of(port(allocator, module, source));
        } catch (PortException e) {
            assertThat(e.kind()).isEqualTo(FailureKind.EXHAUSTED);
            return Optional.empty();
        }
    }

    static PoolStatistics pool(PortAllocator allocator, String name) {
        return allocator.statistics(soon()).pools().stream()
                .filter(pool -> pool.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no statistics of pool " + name));
    }

    static PortException exhaustion(PortAllocator allocator, PortRequest request) {
        PortException failure = failure(() -> allocator.allocate(request, soon()));
        assertThat(failure.kind()).isEqualTo(FailureKind.EXHAUSTED);
        return failure;
    }
}
