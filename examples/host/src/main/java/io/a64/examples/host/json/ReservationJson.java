package io.a64.examples.host.json;

import io.a64.ports.PortReservation;
import java.util.List;
import java.util.SortedMap;

/**
 * Ports that are set aside for a module.
 *
 * @param moduleName the module
 * @param ports internal port to external port
 * @param expiresAt ISO-8601
 */
public record ReservationJson(String moduleName, SortedMap<Integer, Integer> ports, String expiresAt) {

    /** Shows a reservation. */
    public static ReservationJson of(PortReservation reservation) {
        return new ReservationJson(
                reservation.module(),
                reservation.ports(),
                reservation.expiresAt().toString());
    }

    /**
     * All reservations.
     *
     * @param total how many
     * @param reservations sorted by module
     */
    public record ListOf(int total, List<ReservationJson> reservations) {

        /** Shows reservations. */
        public static ListOf of(List<PortReservation> reservations) {
            return new ListOf(
                    reservations.size(),
                    reservations.stream().map(ReservationJson::of).toList());
        }
    }
}
