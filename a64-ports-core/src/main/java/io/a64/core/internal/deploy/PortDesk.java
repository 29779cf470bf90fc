package io.a64.core.internal.deploy;

import io.a64.Deadline;
import io.a64.deploy.spi.ModuleRecord;
import io.a64.ports.PoolForecast;
import io.a64.ports.PortRequest;
import io.a64.ports.PortReservation;
import io.a64.ports.PortStatistics;
import io.a64.ports.PortTenure;
import io.a64.ports.event.PortListener;
import io.a64.ports.spi.PortLedger;
import io.a64.ports.spi.PortReservations;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What a host may ask about ports without deploying anything. */
final class PortDesk implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(15);
    private static final int FIRST_GENERATION = 1;

    private final Parts parts;
    private final List<PortListener> listeners;

    PortDesk(Parts parts, List<PortListener> listeners) {
        this.parts = parts;
        this.listeners = listeners;
        if (!listeners.isEmpty()) {
            ledger().ifPresent(ledger -> listeners.forEach(ledger::addListener));
        }
    }

    PortStatistics statistics() {
        return parts.allocator().statistics(Deadline.after(LIMIT));
    }

    PortReservation reserve(String module, List<Integer> internalPorts, Duration ttl) {
        Deadline deadline = Deadline.after(LIMIT);
        PortRequest request =
                new PortRequest(module, FIRST_GENERATION, "reservation-" + UUID.randomUUID(), internalPorts);
        Optional<ModuleRecord> installed = parts.store().find(module, deadline);
        if (installed.isPresent()) {
            throw Conflicts.installed(module);
        }
        return reservationsOfAllocator().reserve(request, ttl, deadline);
    }

    Optional<PortReservation> extend(String module, Duration ttl) {
        return reservationsOfAllocator().extend(module, ttl, Deadline.after(LIMIT));
    }

    boolean cancel(String module) {
        return reservationsOfAllocator().cancel(module, Deadline.after(LIMIT));
    }

    List<PortReservation> reservations() {
        return reservationsOfAllocator().list(Deadline.after(LIMIT));
    }

    private PortReservations reservationsOfAllocator() {
        return parts.allocator()
                .reservations()
                .orElseThrow(() -> new UnsupportedOperationException(
                        "the port allocator " + parts.allocator().name() + " cannot set ports aside"));
    }

    List<PortTenure> history() {
        return ledger().map(ledger -> ledger.tenures(Deadline.after(LIMIT))).orElse(List.of());
    }

    List<PoolForecast> forecast() {
        return ledger().map(ledger -> ledger.forecast(Deadline.after(LIMIT))).orElse(List.of());
    }

    private Optional<PortLedger> ledger() {
        return parts.allocator().ledger();
    }

    @Override
    public void close() {
        if (!listeners.isEmpty()) {
            ledger().ifPresent(ledger -> listeners.forEach(ledger::removeListener));
        }
    }
}
