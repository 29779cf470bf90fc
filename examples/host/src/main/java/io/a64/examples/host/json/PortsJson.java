package io.a64.examples.host.json;

import com.fasterxml.jackson.databind.JsonNode;
import io.a64.InvalidInputException;
import io.a64.module.InternalPort;
import java.util.List;

/** Ports inside a container as clients write them: {@code "8080"}, {@code 8080} or {@code "9999:8080"}. */
final class PortsJson {

    private PortsJson() {}

    /** Reads them in their order, naming the field if one is none. */
    static List<Integer> read(String field, List<JsonNode> ports) {
        return ports.stream().map(port -> read(field, port)).toList();
    }

    private static int read(String field, JsonNode port) {
        try {
            return port.isIntegralNumber() && port.canConvertToInt()
                    ? InternalPort.require(port.intValue())
                    : InternalPort.parse(port.isTextual() ? port.textValue() : port.toString());
        } catch (InvalidInputException e) {
            throw new InvalidInputException(
                    field,
                    port.isTextual() ? port.textValue() : port,
                    "hold entries such as \"8080\", 8080 or \"9999:8080\", the port between 1 and 65535");
        }
    }
}
