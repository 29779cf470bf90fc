package io.a64.ports.mongo;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.a64.Deadline;
import io.a64.ports.PortAllocation;
import io.a64.ports.PortException;
import io.a64.ports.PortRequest;
import io.a64.ports.PortSource;
import io.a64.ports.PortUse;
import io.a64.ports.spi.PortLedger;
import io.a64.ports.spi.PortReservations;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Everything that can be asked of a host, so that it sends every command that it knows. */
final class EveryCommand {
    private final MongoPortAllocator host;
    private final MongoPortAllocator other;
    private final FaultyServer server;

    EveryCommand(MongoPortAllocator host, MongoPortAllocator other, FaultyServer server) {
        this.host = host;
        this.other = other;
        this.server = server;
    }

    void send() {
        hold();
        holdExactly();
        lose();
        competeAndGrow();
        adopt();
        reserve();
        fail();
        look();
    }

    private void hold() {
        PortAllocation allocation = host.allocate(request("held", 8080, 8081), soon());
        host.renew(allocation, soon());
        host.confirm(allocation, soon());
        host.allocate(request("held", 8080, 8081), soon());
        host.release(allocation, PortUse.WAS_BOUND, soon());
        host.release(host.allocate(request("unused", 8080), soon()), PortUse.NEVER_BOUND, soon());
        PortAllocation taken = host.allocate(request("taken", 8080), soon());
        host.quarantine(taken, Map.of(taken.ports().get(8080), "something"), soon());
    }

    private void holdExactly() {
        PortAllocation held = host.allocate(request("exact", 8080), soon());
        PortSource same = PortSource.exactly(held.ports());
        assertThatExceptionOfType(PortException.class)
                .isThrownBy(() ->
                        host.allocate(new PortRequest("exact-too", 1, "another-owner", List.of(8080), same), soon()));
    }

    /** A confirmation of more than is held is undone. */
    private void lose() {
        PortAllocation whole = host.allocate(request("loses", 8080, 8081), soon());
        host.release(whole.only(Set.of(whole.ports().get(8081))), PortUse.NEVER_BOUND, soon());
        host.confirm(whole, soon());
    }

    /** Hosts that do not know of each other's claims take the lowest ports, until documents for more are added. */
    private void competeAndGrow() {
        for (int i = 0; i < 10; i++) {
            other.allocate(request("other-" + i, 8080, 8081), soon());
            host.allocate(request("mine-" + i, 8080, 8081), soon());
        }
    }

    private void adopt() {
        host.allocate(request("legacy", 8080), soon());
    }

    private void reserve() {
        PortReservations reservations = host.reservations().orElseThrow();
        reservations.reserve(request("later", 8080, 8081), Duration.ofMinutes(1), soon());
        reservations.extend("later", Duration.ofMinutes(2), soon());
        reservations.list(soon());
        PortAllocation taken = host.allocate(request("later", 8080, 8081), soon());
        host.release(taken, PortUse.NEVER_BOUND, soon());
        reservations.cancel("later", soon());
    }

    /** What a claim without an answer may have got is given back. */
    private void fail() {
        server.failNext(1, "update", FaultyServer.internalError());
        assertThatExceptionOfType(PortException.class)
                .isThrownBy(() -> host.allocate(request("fails", 8080, 8081), soon()));
        PortAllocation none = other.allocate(request("opener", 8080), soon());
        other.release(none, PortUse.NEVER_BOUND, soon());
        host.allocate(request("contends", 8080), soon());
    }

    private void look() {
        host.statistics(soon());
        PortLedger ledger = host.ledger().orElseThrow();
        ledger.bound(soon());
        ledger.tenures(soon());
        ledger.forecast(soon());
    }

    private static PortRequest request(String module, Integer... internalPorts) {
        return new PortRequest(module, 1, "owner-of-" + module, List.of(internalPorts));
    }

    private static Deadline soon() {
        return Deadline.after(Duration.ofSeconds(60));
    }
}
