package io.a64.ports.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.a64.FailureKind;
import io.a64.InvalidInputException;
import io.a64.ports.PortException;
import io.a64.ports.PortRequest;
import io.a64.ports.PortReservation;
import io.a64.ports.PortSource;
import io.a64.ports.spi.PortAllocator;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * What every {@link PortAllocator} must do whose {@link PortAllocator#reservations} is present, besides {@link
 * PortAllocatorContract}, whose fixture it shares. An implementation inherits it as {@code
 * <Name>PortReservationsContractTest}.
 */
public abstract class PortReservationsContract extends PortReservationTakeOvers {
    private static final int THREADS = 16;

    @Test
    void aReservationGetsTheLowestFreePorts() {
        PortAllocator allocator = allocatorOf(10);
        allocate(allocator, "first");

        PortReservation reservation = reserve(allocator, "module", 8080, 8081);

        assertThat(reservation.module()).isEqualTo("module");
        assertThat(reservation.ports()).containsOnlyKeys(8080, 8081).containsValues(9001, 9002);
    }

    @Test
    void reservationsForTwoModulesGetDifferentPorts() {
        PortAllocator allocator = allocatorOf(4);

        List<Integer> ports = List.of(reserve(allocator, "one", 1, 2), reserve(allocator, "other", 1, 2)).stream()
                .flatMap(reservation -> reservation.ports().values().stream())
                .toList();

        assertThat(ports).containsExactlyInAnyOrder(9000, 9001, 9002, 9003);
    }

    @Test
    void reservedPortsAreCountedAndNotAmongTheAllocations() {
        PortAllocator allocator = allocatorOf(10);
        allocate(allocator, "first");
        reserve(allocator, "module", 8080, 8081);

        assertThat(reserved(allocator)).isEqualTo(2);
        assertThat(allocatedPorts(allocator)).containsExactly(9000);
        assertThat(allocator.statistics(soon()).totalAvailable()).isEqualTo(7);
    }

    @Test
    void theListIsSortedByModuleAndTellsWhenEachExpires() {
        PortAllocator allocator = allocatorOf(10);
        PortReservation longer = reserveFor(TTL.multipliedBy(2), allocator, "later-in-the-alphabet", 8080);
        PortReservation shorter = reserve(allocator, "earlier-in-the-alphabet", 8080, 8081);

        assertThat(list(allocator)).containsExactly(shorter, longer);
        assertThat(Duration.between(shorter.expiresAt(), longer.expiresAt()))
                .as("one lasts for one hour, the other for two")
                .isBetween(Duration.ofMinutes(55), Duration.ofMinutes(65));
    }

    @Test
    void anExpiredReservationFreesItsPortsAtOnce() {
        PortAllocator allocator = allocatorOf(1);
        reserve(allocator, "module", 8080);

        passTime(TTL.minus(MOMENT));
        assertExhausted(allocator, "second");
        passTime(MOMENT.multipliedBy(2));

        assertThat(list(allocator)).isEmpty();
        assertThat(port(allocator, "second")).isEqualTo(9000);
    }

    @Test
    void anExtendedReservationExpiresLater() {
        PortAllocator allocator = allocatorOf(1);
        PortReservation reservation = reserve(allocator, "module", 8080);
        passTime(TTL.minus(MOMENT));

        assertThat(reservations(allocator).extend("module", TTL, soon()))
                .hasValueSatisfying(extended -> assertThat(extended.ports()).isEqualTo(reservation.ports()));

        passTime(TTL.minus(MOMENT));
        assertExhausted(allocator, "second");
        passTime(MOMENT.multipliedBy(2));
        assertThat(port(allocator, "second")).isEqualTo(9000);
    }

    @Test
    void aReservationMayBeShortenedToo() {
        PortAllocator allocator = allocatorOf(1);
        reserve(allocator, "module", 8080);

        reservations(allocator).extend("module", MOMENT, soon());

        passTime(MOMENT.multipliedBy(2));
        assertThat(port(allocator, "second")).isEqualTo(9000);
    }

    @Test
    void whatIsNotReservedCanBeNeitherExtendedNorCancelled() {
        PortAllocator allocator = allocatorOf(10);
        allocate(allocator, "deploying");
        bound(allocator, "deployed");
        reserveFor(MOMENT, allocator, "expired", 8080);
        passTime(MOMENT.multipliedBy(2));

        for (String module : List.of("unknown", "deploying", "deployed", "expired")) {
            assertThat(reservations(allocator).extend(module, TTL, soon()))
                    .as("extended: " + module)
                    .isEmpty();
            assertThat(cancel(allocator, module)).as("cancelled: " + module).isFalse();
        }
        assertThat(allocatedPorts(allocator)).containsExactly(9000, 9001);
    }

    @Test
    void aCancelledReservationFreesItsPortsAtOnce() {
        PortAllocator allocator = allocatorOf(2);
        reserve(allocator, "module", 8080, 8081);

        assertThat(cancel(allocator, "module")).isTrue();
        assertThat(cancel(allocator, "module")).as("cancelled again").isFalse();

        assertThat(list(allocator)).isEmpty();
        assertThat(allocator.allocate(request("second", 1, 2), soon()).ports()).containsValues(9000, 9001);
    }

    @Test
    void theSameAgainGetsTheSamePortsAndExpiresLater() {
        PortAllocator allocator = allocatorOf(10);
        PortReservation first = reserve(allocator, "module", 8080, 8081);
        passTime(TTL.minus(MOMENT));
        PortRequest again = new PortRequest("module", 1, "another-caller", List.of(8081, 8080));

        PortReservation second = reservations(allocatorOf(10)).reserve(again, TTL, soon());

        assertThat(second.ports()).isEqualTo(first.ports());
        assertThat(reserved(allocator)).isEqualTo(2);
        passTime(TTL.minus(MOMENT));
        assertThat(list(allocator)).extracting(PortReservation::ports).containsExactly(first.ports());
    }

    @Test
    void otherInternalPortsAreAConflictAndChangeNothing() {
        PortAllocator allocator = allocatorOf(10);
        PortReservation reservation = reserve(allocator, "module", 8080, 8081);

        for (Integer[] others : List.of(new Integer[] {8080}, new Integer[] {8080, 8081, 8082}, new Integer[] {1, 2})) {
            PortException failure = failure(() -> reserve(allocator, "module", others));
            assertThat(failure.kind()).isEqualTo(FailureKind.CONFLICT);
            assertThat(failure).hasMessageContaining("module");
        }
        assertThat(list(allocator)).containsExactly(reservation);
        assertThat(reserved(allocator)).isEqualTo(2);
    }

    @Test
    void aModuleThatHoldsPortsAlreadyIsAConflict() {
        PortAllocator allocator = allocatorOf(10);
        allocate(allocator, "deploying");
        bound(allocator, "deployed");

        assertThat(failure(() -> reserve(allocator, "deploying", 8080)).kind()).isEqualTo(FailureKind.CONFLICT);
        assertThat(failure(() -> reserve(allocator, "deployed", 8080, 8081)).kind())
                .isEqualTo(FailureKind.CONFLICT);

        assertThat(list(allocator)).isEmpty();
        assertThat(reserved(allocator)).isZero();
        assertThat(allocatedPorts(allocator)).containsExactly(9000, 9001);
    }

    @Test
    void tooFewFreePortsAreExhaustedAndLeaveNothingBehind() {
        PortAllocator allocator = allocatorOf(3);
        allocate(allocator, "first");

        PortException failure = failure(() -> reserve(allocator, "module", 1, 2, 3));

        assertThat(failure.kind()).isEqualTo(FailureKind.EXHAUSTED);
        assertThat(failure).hasMessageContainingAll("9000-9002", "3 wanted", "2 free");
        assertThat(list(allocator)).isEmpty();
        assertThat(allocator.allocate(request("second", 1, 2), soon()).ports()).containsValues(9001, 9002);
    }

    @Test
    void aTimeThatIsNoneIsRefusedBeforeAnythingIsTouched() {
        PortAllocator allocator = allocatorOf(10);
        reserve(allocator, "reserved", 8080);

        for (Duration ttl : List.of(Duration.ZERO, Duration.ofHours(-1), Duration.ofDays(366))) {
            assertThatThrownBy(() -> reserveFor(ttl, allocator, "module", 8080))
                    .isInstanceOf(InvalidInputException.class);
            assertThatThrownBy(() -> reservations(allocator).extend("reserved", ttl, soon()))
                    .isInstanceOf(InvalidInputException.class);
        }
        assertThat(reserved(allocator)).isEqualTo(1);
    }

    @Test
    void aSourceThatThereIsNotIsRefusedBeforeAnythingIsTouched() {
        PortAllocator allocator = allocatorOf(10);
        PortRequest request = request("module", PortSource.pool("no-such-pool"));

        assertThatThrownBy(() -> reservations(allocator).reserve(request, TTL, soon()))
                .isInstanceOf(InvalidInputException.class);

        assertThat(reserved(allocator)).isZero();
    }

    @Test
    void manyWhoReserveForOneModuleMakeOneReservation() {
        List<PortAllocator> allocators = List.of(allocatorOf(64), allocatorOf(64));

        List<PortReservation> reservations = InParallel.run(
                THREADS,
                thread -> reservations(allocators.get(thread % 2))
                        .reserve(
                                new PortRequest("module", 1, "reservation-" + thread, List.of(8080, 8081, 8082)),
                                TTL,
                                soon()));

        assertThat(reservations)
                .extracting(PortReservation::ports)
                .containsOnly(reservations.get(0).ports());
        assertThat(list(allocators.get(0)))
                .extracting(PortReservation::ports)
                .containsExactly(reservations.get(0).ports());
        assertThat(reserved(allocators.get(1))).isEqualTo(3);
    }

    @Test
    void manyWhoReserveAndDeployNeverGetOnePortTwice() {
        List<PortAllocator> allocators = List.of(allocatorOf(48), allocatorOf(48));

        List<Optional<PortReservation>> reservations = InParallel.run(THREADS, thread -> {
            PortAllocator allocator = allocators.get(thread % 2);
            if (thread < THREADS / 2) {
                return Optional.of(reserve(allocator, "module-" + thread, 1, 2, 3));
            }
            allocator.allocate(request("module-" + thread, 1, 2, 3), soon());
            return Optional.empty();
        });

        List<Integer> ports = reservations.stream()
                .flatMap(Optional::stream)
                .flatMap(reservation -> reservation.ports().values().stream())
                .toList();
        assertThat(ports).hasSize(24).doesNotHaveDuplicates();
        assertThat(new HashSet<>(allocatedPorts(allocators.get(0)))).hasSize(24).doesNotContainAnyElementsOf(ports);
        assertThat(reserved(allocators.get(0))).isEqualTo(24);
    }
}
