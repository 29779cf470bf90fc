package io.a64.examples.host.json;

import io.a64.ports.PortTenure;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who held which port.
 *
 * @param total how many tenures
 * @param tenures sorted by port and time
 */
public record PortHistoryJson(int total, List<Tenure> tenures) {

    /** Shows tenures; those that last still are measured up to the given time. */
    public static PortHistoryJson of(List<PortTenure> tenures, Instant now) {
        return new PortHistoryJson(
                tenures.size(),
                tenures.stream().map(tenure -> Tenure.of(tenure, now)).toList());
    }

    /**
     * One port of one module for one time.
     *
     * @param port the external port
     * @param moduleName who held it
     * @param internalPort the port inside the container
     * @param generation of the module, 0 if none is recorded
     * @param from ISO-8601
     * @param to ISO-8601, null while it lasts
     * @param reason why it ended, null while it lasts
     * @param seconds how long it lasted, or has lasted by now
     */
    public record Tenure(
            int port,
            String moduleName,
            int internalPort,
            int generation,
            String from,
            @Nullable String to,
            @Nullable String reason,
            long seconds) {

        @SuppressWarnings("NullAway") // orElse(null) of a nullable component
        private static Tenure of(PortTenure tenure, Instant now) {
            return new Tenure(
                    tenure.port(),
                    tenure.module(),
                    tenure.internalPort(),
                    tenure.generation(),
                    tenure.from().toString(),
                    tenure.to().map(Instant::toString).orElse(null),
                    tenure.reason().orElse(null),
                    // the registry's clock may be ahead of ours
                    Math.max(0, tenure.length(now).toSeconds()));
        }
    }
}
