package io.a64.ports.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.a64.Deadline;
import io.a64.ports.PortAllocation;
import io.a64.ports.PortRequest;
import io.a64.ports.registry.Claim.Outcome;
import io.a64.ports.registry.PortEntry.State;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What a store supplies, and the words in which the contract's tests are written. */
abstract class PortStoreFixture {
    static final Duration LEASE = Duration.ofMinutes(10);
    static final Duration COOLDOWN = Duration.ofMinutes(1);
    static final Duration QUARANTINE = Duration.ofMinutes(30);
    static final Duration TTL = Duration.ofHours(1);
    static final Duration MOMENT = Duration.ofSeconds(5);
    static final Rests RESTS = new Rests(LEASE, COOLDOWN, QUARANTINE);

    PortStore store;

    /** Opens the store of the running test, which the first call finds empty. */
    protected abstract PortStore open();

    /** Lets this much time pass for the store. Must not sleep. */
    protected abstract void passTime(Duration time);

    @BeforeEach
    void openStore() {
        store = open();
    }

    @AfterEach
    void closeStore() {
        store.close();
    }

    static Deadline soon() {
        return Deadline.after(Duration.ofSeconds(60));
    }

    /** Returns a request of generation 1 for internal ports 1 and 2. */
    static PortRequest request(String module, String owner) {
        return new PortRequest(module, 1, owner, List.of(1, 2));
    }

    static PortRequest request(String module) {
        return request(module, "owner-of-" + module);
    }

    static Wish wish(String module, int internalPort, int port) {
        return Wish.free(internalPort, port, slot(module, internalPort));
    }

    /** Returns the slot that a module of generation 1 gives to its internal ports 1 and 2. */
    static String slot(String module, int internalPort) {
        return Slots.of(request(module)).of(internalPort);
    }

    Outcome claim(PortRequest request, Wish wish) {
        List<Claim> claims = store.claim(request, List.of(wish), soon());
        assertThat(claims).extracting(Claim::wish).containsExactly(wish);
        return claims.get(0).outcome();
    }

    /** Reserves a port for internal port 1. */
    PortAllocation reserved(String module, int port) {
        assertThat(claim(request(module), wish(module, 1, port))).isEqualTo(Outcome.GOT);
        return allocation(module, Map.of(1, port));
    }

    PortAllocation bound(String module, int port) {
        PortAllocation allocation = reserved(module, port);
        assertThat(store.confirm(allocation, soon())).isTrue();
        return allocation;
    }

    /** Promises a port for internal port 1. */
    PortAllocation promised(String module, int port) {
        return promised(module, port, TTL);
    }

    PortAllocation promised(String module, int port, Duration ttl) {
        PortRequest request = request(module, "reservation-of-" + module);
        assertThat(store.promise(request, List.of(wish(module, 1, port)), ttl, soon()))
                .extracting(Claim::outcome)
                .containsExactly(Outcome.GOT);
        return new PortAllocation(module, 1, request.owner(), Map.of(1, port));
    }

    /** Promises a port and takes it over by the module's deployment. */
    PortAllocation takenOver(String module, int port, Duration ttl) {
        promised(module, port, ttl);
        assertThat(claim(request(module), fromReservation(module, port))).isEqualTo(Outcome.GOT);
        return allocation(module, Map.of(1, port));
    }

    static Wish fromReservation(String module, int port) {
        return new Wish(1, port, slot(module, 1), new Wish.From.Reservation("reservation-of-" + module));
    }

    static PortAllocation allocation(String module, Map<Integer, Integer> ports) {
        return new PortAllocation(module, 1, "owner-of-" + module, ports);
    }

    static PortAllocation ownedBy(String owner, PortAllocation allocation) {
        return new PortAllocation(allocation.module(), allocation.generation(), owner, allocation.ports());
    }

    static PortAllocation ofGeneration(int generation, PortAllocation allocation) {
        return new PortAllocation(allocation.module(), generation, allocation.owner(), allocation.ports());
    }

    void sweep() {
        store.sweep(RESTS, true, soon());
    }

    Optional<PortEntry> entry(int port) {
        return store.entry(port, soon());
    }

    /** Returns the state of a port; empty if it is free. */
    Optional<State> state(int port) {
        return entry(port).map(PortEntry::state);
    }

    void assertState(int port, State state) {
        assertThat(state(port)).as("state of port " + port).contains(state);
    }

    void assertFree(int port) {
        assertThat(state(port)).as("state of port " + port).isEmpty();
    }

    static BitSet among(int first, int last) {
        BitSet ports = new BitSet();
        ports.set(first, last + 1);
        return ports;
    }
}
