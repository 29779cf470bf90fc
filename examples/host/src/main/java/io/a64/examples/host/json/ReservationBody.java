package io.a64.examples.host.json;

import static io.a64.examples.host.json.Given.required;

import com.fasterxml.jackson.databind.JsonNode;
import io.a64.InvalidInputException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The body of a reservation of ports. Every field is required.
 *
 * @param moduleName the module that will be installed later
 * @param internalPorts 1 to 64 ports, none twice; entries as {@code ports} of an installation takes them
 * @param ttlSeconds how long the reservation lasts, whole seconds from 1 to 31536000 (a year)
 */
public record ReservationBody(
        @Nullable String moduleName,
        @Nullable List<JsonNode> internalPorts,
        @Nullable Long ttlSeconds) {

    private static final int MOST_PORTS = 64;

    /** Returns the module. */
    public String module() {
        return required("module_name", moduleName);
    }

    /**
     * Returns the ports inside the container.
     *
     * @throws InvalidInputException if they break their rule
     */
    public List<Integer> ports() {
        List<Integer> ports = PortsJson.read("internal_ports", required("internal_ports", internalPorts));
        if (ports.isEmpty() || ports.size() > MOST_PORTS || new HashSet<>(ports).size() < ports.size()) {
            throw new InvalidInputException(
                    "internal_ports", ports, "name 1 to " + MOST_PORTS + " ports and none twice");
        }
        return ports;
    }

    /**
     * Returns how long the reservation lasts.
     *
     * @throws InvalidInputException if that breaks its rule
     */
    public Duration ttl() {
        return Seconds.of("ttl_seconds", required("ttl_seconds", ttlSeconds));
    }
}
