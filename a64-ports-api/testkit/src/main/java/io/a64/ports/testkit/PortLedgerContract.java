package io.a64.ports.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.a64.ports.PortAllocation;
import io.a64.ports.PortTenure;
import io.a64.ports.event.PortEvent;
import io.a64.ports.event.PortListener;
import io.a64.ports.spi.PortAllocator;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * What every {@link PortAllocator} must do whose {@link PortAllocator#ledger} is present, besides {@link
 * PortAllocatorContract}, whose fixture it shares. An implementation inherits it as {@code
 * <Name>PortLedgerContractTest}.
 */
public abstract class PortLedgerContract extends PortLedgerForecasts {
    private static final Duration WHILE = Duration.ofMinutes(7);
    private static final Duration TOLERANCE = Duration.ofSeconds(30);

    @Test
    void whatIsConfirmedIsListedWithItsOwnerSortedByPort() {
        PortAllocator allocator = allocatorOf(10);
        PortAllocation first = allocator.allocate(request("first-allocated", 8080, 8081), soon());
        PortAllocation second = bound(allocator, "a-second-one");
        allocator.confirm(first, soon());

        assertThat(ledger(allocatorOf(10)).bound(soon())).containsExactly(first, second);
    }

    @Test
    void whatIsNotConfirmedOrReleasedIsNotListed() {
        PortAllocator allocator = allocatorOf(10);
        allocate(allocator, "deploying");
        release(allocator, bound(allocator, "cooling"));
        PortAllocation whole = allocator.allocate(request("quarantined", 1, 2), soon());
        allocator.confirm(whole, soon());
        quarantine(allocator, whole, 9002);

        assertThat(ledger(allocator).bound(soon())).containsExactly(whole.only(List.of(9003)));
    }

    @Test
    void whoHoldsAPortIsTold() {
        PortAllocator allocator = allocatorOf(10);
        bound(allocator, "module");

        assertThat(tenures(allocator)).singleElement().satisfies(tenure -> {
            assertThat(tenure.port()).isEqualTo(9000);
            assertThat(tenure.module()).isEqualTo("module");
            assertThat(tenure.internalPort()).isEqualTo(8080);
            assertThat(tenure.generation()).isEqualTo(1);
            assertThat(tenure.from())
                    .isEqualTo(allocator.statistics(soon()).allocations().get(0).allocatedAt());
            assertThat(tenure.to()).isEmpty();
            assertThat(tenure.reason()).isEmpty();
        });
    }

    @Test
    void whoHeldAPortIsToldWithHowLongAndWhyItEnded() {
        PortAllocator allocator = allocatorOf(10);
        PortAllocation allocation = bound(allocator, "module");
        passTime(WHILE);
        release(allocator, allocation);

        assertThat(tenures(allocator)).singleElement().satisfies(tenure -> {
            assertThat(tenure.module()).isEqualTo("module");
            assertThat(tenure.internalPort()).isEqualTo(8080);
            assertThat(tenure.generation()).isEqualTo(1);
            assertThat(lengthOf(tenure)).isBetween(WHILE, WHILE.plus(TOLERANCE));
            assertThat(tenure.reason()).contains("released");
        });
    }

    @Test
    void aReservationThatLapsedIsToldAsSuch() {
        PortAllocator allocator = allocatorOf(1);
        allocate(allocator, "module");
        passTime(PortAllocatorSetup.ofPorts(1).lease().plus(TOLERANCE));
        assertExhausted(allocator, "second");

        assertThat(tenures(allocator)).singleElement().satisfies(tenure -> {
            assertThat(tenure.to()).isPresent();
            assertThat(tenure.reason()).contains("lease_expired");
        });
    }

    @Test
    void tenuresAreSortedByPortAndTime() {
        PortAllocator allocator = allocatorOf(2);
        PortAllocation first = bound(allocator, "first");
        bound(allocator, "beside");
        passTime(WHILE);
        giveBackUnused(allocator, first);
        passTime(WHILE);
        bound(allocator, "second");

        assertThat(tenures(allocator)).extracting(PortTenure::module).containsExactly("first", "second", "beside");
        assertThat(tenures(allocator)).extracting(PortTenure::port).containsExactly(9000, 9000, 9001);
        assertThat(tenures(allocator).get(0).to().orElseThrow())
                .isBefore(tenures(allocator).get(1).from());
    }

    @Test
    void atLeastTheLastSixteenTenuresOfAPortAreRemembered() {
        PortAllocator allocator = allocatorOf(1);
        for (int i = 1; i <= 20; i++) {
            PortAllocation allocation = bound(allocator, "module-" + i);
            passTime(WHILE);
            giveBackUnused(allocator, allocation);
        }

        List<String> modules =
                tenures(allocator).stream().map(PortTenure::module).toList();

        assertThat(modules)
                .endsWith(IntStream.rangeClosed(5, 20)
                        .mapToObj(number -> "module-" + number)
                        .toArray(String[]::new));
    }

    @Test
    void listenersAreToldOfAQuarantine() {
        PortAllocator allocator = allocatorOf(2);
        List<PortEvent> events = new CopyOnWriteArrayList<>();
        ledger(allocator).addListener(events::add);

        quarantine(allocator, allocate(allocator, "module"), 9000);

        assertThat(events).containsExactly(new PortEvent.PortQuarantined("module", 9000, "a listener on 9000"));
    }

    @Test
    void listenersAreNotToldOfPortsThatTheAllocationDoesNotName() {
        PortAllocator allocator = allocatorOf(2);
        List<PortEvent> events = new CopyOnWriteArrayList<>();
        ledger(allocator).addListener(events::add);

        quarantine(allocator, allocate(allocator, "module"), 9000, 9001);

        assertThat(events).hasSize(1);
    }

    @Test
    void listenersAreNotToldOfAQuarantineThatChangedNothing() {
        PortAllocator allocator = allocatorOf(2);
        PortAllocation allocation = allocate(allocator, "module");
        List<PortEvent> events = new CopyOnWriteArrayList<>();
        ledger(allocator).addListener(events::add);

        quarantine(allocator, ownedBy("somebody-else", allocation), 9000);

        assertThat(events).isEmpty();
    }

    @Test
    void aListenerThatThrowsDoesNoHarm() {
        PortAllocator allocator = allocatorOf(2);
        List<PortEvent> events = new CopyOnWriteArrayList<>();
        ledger(allocator).addListener(event -> {
            throw new IllegalStateException("planted in a test");
        });
        ledger(allocator).addListener(events::add);
        PortAllocation allocation = allocator.allocate(request("module", 8080, 8081), soon());

        assertThat(allocator.quarantine(allocation, Map.of(9000, "a listener"), soon()))
                .isTrue();

        assertThat(events).as("what the next listener was told").hasSize(1);
        assertThat(allocatedPorts(allocator)).containsExactly(9001);
    }

    @Test
    void aRemovedListenerIsToldNothing() {
        PortAllocator allocator = allocatorOf(2);
        List<PortEvent> events = new CopyOnWriteArrayList<>();
        PortListener listener = events::add;
        ledger(allocator).removeListener(listener);
        ledger(allocator).addListener(listener);
        ledger(allocator).removeListener(listener);

        quarantine(allocator, allocate(allocator, "module"), 9000);

        assertThat(events).isEmpty();
    }

    @Test
    void listenersAreNotToldWhatAnotherHostDoes() {
        PortAllocator allocator = allocatorOf(2);
        List<PortEvent> events = new CopyOnWriteArrayList<>();
        ledger(allocatorOf(2)).addListener(events::add);

        quarantine(allocator, allocate(allocator, "module"), 9000);

        assertThat(events).isEmpty();
    }

    private static Duration lengthOf(PortTenure tenure) {
        return tenure.length(tenure.to().orElseThrow());
    }
}
