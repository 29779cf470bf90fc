package io.a64.ports;

import io.a64.A64Exception;
import io.a64.FailureKind;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Ports could not be allocated, confirmed or released; nothing that was held before has changed. Kinds: {@code
 * EXHAUSTED}, {@code CONFLICT} (another deployment of the module holds ports), {@code UNAVAILABLE} (the registry
 * cannot be reached), {@code DEADLINE_EXCEEDED}, {@code INTERNAL} (a claim was lost).
 */
public final class PortException extends A64Exception {

    private static final long serialVersionUID = 1L;

    public PortException(FailureKind kind, String message, @Nullable Throwable cause) {
        super(kind, message, List.of(), cause);
    }

    /** Returns the failure of a range that cannot serve a request. */
    public static PortException exhausted(PortRange range, int wanted, int free, int allocated, int cooling) {
        return exhausted(
                wanted,
                range.toString(),
                free,
                range.size() + " ports, " + allocated + " allocated, " + cooling + " cooling");
    }

    /** Returns the failure of a pool that cannot serve a request. */
    public static PortException exhausted(PoolStatistics pool, int wanted) {
        String ranges = Stream.concat(pool.ranges().stream(), pool.expansion().stream())
                .map(PortRange::toString)
                .collect(Collectors.joining(", "));
        return exhausted(
                wanted,
                pool.name().equals(PoolStatistics.GENERAL) ? ranges : "pool " + pool.name() + ", " + ranges,
                pool.available(),
                pool.size() + " ports, " + pool.allocated() + " allocated, " + pool.cooling() + " cooling, "
                        + pool.reserved() + " reserved, " + pool.quarantined() + " quarantined");
    }

    private static PortException exhausted(int wanted, String where, int free, String counts) {
        return new PortException(
                FailureKind.EXHAUSTED,
                "ports exhausted: " + wanted + " wanted, " + free + " free in " + where + " (" + counts
                        + "); undeploy modules or extend the range",
                null);
    }
}
