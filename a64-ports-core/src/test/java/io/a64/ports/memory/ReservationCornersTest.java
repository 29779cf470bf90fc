package io.a64.ports.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.a64.Deadline;
import io.a64.ports.PortAllocation;
import io.a64.ports.PortException;
import io.a64.ports.PortRequest;
import io.a64.ports.PortReservation;
import io.a64.ports.PortSource;
import io.a64.ports.PortUse;
import io.a64.ports.registry.Claim;
import io.a64.ports.registry.PortEntry;
import io.a64.ports.registry.PortStore;
import io.a64.ports.registry.RegistryPortAllocator;
import io.a64.ports.registry.RegistrySettings;
import io.a64.ports.registry.Tampered;
import io.a64.ports.registry.Wish;
import io.a64.ports.spi.PortAllocator;
import io.a64.ports.spi.PortReservations;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Reservations that lost a port, were left half made, or meet requests for certain ports. */
class ReservationCornersTest {
    private static final Duration HOUR = Duration.ofHours(1);

    private final MemoryPortRegistry registry = new MemoryPortRegistry(new HandMovedClock());
    private final PortAllocator allocator = MemoryPortAllocator.on(registry, RegistrySettings.defaults());

    @Test
    void aReservationThatLostItsFirstPortToAQuarantineIsStillTakenOver() {
        leftWithoutItsFirstPort();

        PortAllocation allocation = allocator.allocate(request("next"), soon());

        assertThat(allocation.ports()).containsEntry(8081, 9001);
    }

    @Test
    void theSameRequestAgainDoesNotReleaseBoundPorts() {
        leftWithoutItsFirstPort();
        PortAllocation bound = allocator.allocate(request("next"), soon());
        assertThat(allocator.confirm(bound, soon())).isTrue();

        PortAllocation again = allocator.allocate(request("next"), soon());

        assertThat(again).isEqualTo(bound);
    }

    @Test
    void aBoundPortIsNotGivenToAnotherModuleAfterTheSameRequestAgain() {
        leftWithoutItsFirstPort();
        PortAllocation bound = allocator.allocate(request("next"), soon());
        assertThat(allocator.confirm(bound, soon())).isTrue();
        allocator.allocate(request("next"), soon());

        PortAllocation other = allocator.allocate(new PortRequest("blog", 1, "blogger", List.of(80)), soon());

        assertThat(bound.ports().values())
                .doesNotContainAnyElementsOf(other.ports().values());
    }

    private void leftWithoutItsFirstPort() {
        PortReservation reservation = reservations().reserve(request("reserver"), HOUR, soon());
        assertThat(reservation.ports()).isEqualTo(Map.of(8080, 9000, 8081, 9001));
        PortAllocation failing = allocator.allocate(request("failing"), soon());
        allocator.quarantine(failing, Map.of(9000, "nginx"), soon());
        allocator.release(failing, PortUse.NEVER_BOUND, soon());
        assertThat(reservations().list(soon()))
                .singleElement()
                .satisfies(left -> assertThat(left.ports()).isEqualTo(Map.of(8081, 9001)));
    }

    @Test
    void aReservationOfCertainPortsGetsTheseForTheseInternalPorts() {
        Map<Integer, Integer> ports = Map.of(8080, 9005, 8081, 9003);

        PortReservation reservation = reservations()
                .reserve(
                        new PortRequest("shop", 1, "reserver", List.of(8080, 8081), PortSource.exactly(ports)),
                        HOUR,
                        soon());

        assertThat(reservation.ports()).isEqualTo(ports);
    }

    @Test
    void aReservationThatIsNotCompleteByItsDeadlineLeavesNothingBehind() {
        PortStore store = losingTheSlot();
        RegistryPortAllocator slow = new RegistryPortAllocator(store, RegistrySettings.defaults()) {};

        assertThatThrownBy(() -> slow.reservations()
                        .orElseThrow()
                        .reserve(request("reserver"), HOUR, Deadline.after(Duration.ofMillis(100))))
                .isInstanceOf(PortException.class);

        assertThat(reservations().list(soon())).isEmpty();
        assertThat(reservations().reserve(request("retry"), HOUR, soon()).ports())
                .hasSize(2);
    }

    /** Another host is quicker to claim the port with the slot, and the answer comes when it is too late. */
    private PortStore losingTheSlot() {
        return Tampered.method(
                PortStore.class, registry.store(RegistrySettings.LOCAL_NODE), "promise", (arguments, original) -> {
                    Wish wish = (Wish) ((List<?>) arguments[1]).get(0);
                    if (wish.slot().isEmpty()) {
                        return original.with(arguments);
                    }
                    await().until(((Deadline) arguments[3])::hasPassed);
                    return List.of(new Claim(wish, Claim.Outcome.PORT_TAKEN));
                });
    }

    @Test
    void aRequestForCertainPortsThatFailsLeavesWhatWasHeldBefore() {
        allocator.allocate(
                new PortRequest("blog", 1, "blogger", List.of(80), PortSource.exactly(Map.of(80, 9001))), soon());
        PortAllocation held = allocator.allocate(
                new PortRequest("shop", 1, "owner", List.of(8080), PortSource.exactly(Map.of(8080, 9000))), soon());

        assertThatThrownBy(() -> allocator.allocate(
                        new PortRequest(
                                "shop",
                                1,
                                "owner",
                                List.of(8080, 8081),
                                PortSource.exactly(Map.of(8080, 9000, 8081, 9001))),
                        soon()))
                .isInstanceOf(PortException.class);

        assertThat(allocator.confirm(held, soon())).isTrue();
    }

    /** What a second reserver leaves that loses slot 0 and dies before it gives the rest back. */
    private void leftByADeadReserver() {
        PortAllocation lower = allocator.allocate(new PortRequest("blog", 1, "blogger", List.of(80)), soon());
        assertThat(lower.ports()).containsEntry(80, 9000);
        reservations().reserve(request("reserver"), HOUR, soon());
        allocator.release(lower, PortUse.NEVER_BOUND, soon());
        registry.store(RegistrySettings.LOCAL_NODE)
                .promise(request("dead"), List.of(Wish.free(8081, 9000, "")), HOUR, soon());
    }

    @Test
    void aReservationIsExtendedThoughASecondReserverDied() {
        leftByADeadReserver();

        assertThat(reservations().extend("shop", HOUR, soon())).isPresent();
    }

    @Test
    void aReservationIsCancelledThoughASecondReserverDied() {
        leftByADeadReserver();

        assertThat(reservations().cancel("shop", soon())).isTrue();
        assertThat(reservations().list(soon())).isEmpty();
    }

    @Test
    void theSameRequestAgainDoesNotReleaseBoundPortsThoughASecondReserverDied() {
        leftByADeadReserver();
        PortAllocation bound = allocator.allocate(request("owner"), soon());
        assertThat(allocator.confirm(bound, soon())).isTrue();

        assertThat(allocator.allocate(request("owner"), soon())).isEqualTo(bound);
    }

    @Test
    void whatTheSameRequestOnAnotherThreadHasGivenBackIsNotHandedOut() {
        PortReservation reservation = reservations().reserve(request("reserver"), HOUR, soon());
        RegistryPortAllocator host =
                new RegistryPortAllocator(losingTheSecondPort(request("owner")), RegistrySettings.defaults()) {};

        PortAllocation allocation = host.allocate(request("owner"), soon());

        assertThat(allocation.ports()).isEqualTo(reservation.ports());
        assertThat(host.confirm(allocation, soon())).isTrue();
    }

    /**
     * A second thread gives back what the first one got beside the reservation; when that one has looked, a third gets
     * another port for it, and so the slot that the reserved port needs.
     */
    private PortStore losingTheSecondPort(PortRequest request) {
        PortStore store = registry.store(RegistrySettings.LOCAL_NODE);
        AtomicBoolean again = new AtomicBoolean();
        return Tampered.method(PortStore.class, store, "heldBy", (arguments, original) -> {
            if (again.getAndSet(true)) {
                return original.with(arguments);
            }
            PortEntry second = store.entry(9003, soon()).orElseThrow();
            assertThat(second.internalPort()).isEqualTo(8081);
            store.release(new PortAllocation("shop", 1, request.owner(), Map.of(8081, second.port())), false, soon());
            Object holders = original.with(arguments);
            store.claim(request, List.of(Wish.free(8081, 9004, second.slot())), soon());
            return holders;
        });
    }

    private PortReservations reservations() {
        return allocator.reservations().orElseThrow();
    }

    private static PortRequest request(String owner) {
        return new PortRequest("shop", 1, owner, List.of(8080, 8081));
    }

    private static Deadline soon() {
        return Deadline.after(Duration.ofSeconds(60));
    }
}
