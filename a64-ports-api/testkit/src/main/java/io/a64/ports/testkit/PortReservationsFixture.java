package io.a64.ports.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.a64.ports.PortAllocation;
import io.a64.ports.PortRequest;
import io.a64.ports.PortReservation;
import io.a64.ports.spi.PortAllocator;
import io.a64.ports.spi.PortReservations;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;

/** The words in which the tests of reservations are written. */
abstract class PortReservationsFixture extends PortAllocatorFixture {
    /** Longer than a lease. */
    static final Duration TTL = Duration.ofHours(1);

    static final Duration MOMENT = Duration.ofSeconds(5);

    static PortReservations reservations(PortAllocator allocator) {
        return allocator.reservations().orElseThrow(() -> new AssertionError("no reservations()"));
    }

    static PortReservation reserve(PortAllocator allocator, String module, Integer... internalPorts) {
        return reserveFor(TTL, allocator, module, internalPorts);
    }

    static PortReservation reserveFor(Duration ttl, PortAllocator allocator, String module, Integer... internalPorts) {
        return reservations(allocator).reserve(toReserve(module, internalPorts), ttl, soon());
    }

    /** Returns a request whose owner is not that of the later deployment. */
    static PortRequest toReserve(String module, Integer... internalPorts) {
        return new PortRequest(module, 1, "reservation-of-" + module, List.of(internalPorts));
    }

    static List<PortReservation> list(PortAllocator allocator) {
        return reservations(allocator).list(soon());
    }

    static boolean cancel(PortAllocator allocator, String module) {
        return reservations(allocator).cancel(module, soon());
    }

    static int reserved(PortAllocator allocator) {
        return allocator.statistics(soon()).reserved();
    }

    /** Reserves ports for the module which are not the lowest free ones, so that only who looks for them gets them. */
    static SortedMap<Integer, Integer> reserveHighPorts(
            PortAllocator allocator, String module, Integer... internalPorts) {
        PortAllocation lower = allocator.allocate(request("lower", 1, 2, 3), soon());
        SortedMap<Integer, Integer> ports =
                reserve(allocator, module, internalPorts).ports();
        assertThat(giveBackUnused(allocator, lower)).isTrue();
        assertThat(ports.values()).as("ports above the free ones").allMatch(port -> port > 9002);
        return ports;
    }
}
