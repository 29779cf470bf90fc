package io.a64.ports.chaos;

import io.a64.ports.PortAllocation;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** An allocation as one word of a history, such as {@code module-3/17/8080=9000,8081=9001}; the owner stands apart. */
final class ClaimText {
    private ClaimText() {}

    static String of(PortAllocation allocation) {
        return allocation.ports().entrySet().stream()
                .map(port -> port.getKey() + "=" + port.getValue())
                .collect(Collectors.joining(",", allocation.module() + "/" + allocation.generation() + "/", ""));
    }

    static PortAllocation parse(String owner, String text) {
        String[] parts = text.split("/", 3);
        Map<Integer, Integer> ports = new TreeMap<>();
        Pattern.compile(",")
                .splitAsStream(parts[2])
                .map(pair -> pair.split("=", 2))
                .forEach(pair -> {
                    ports.put(Integer.valueOf(pair[0]), Integer.valueOf(pair[1]));
                });
        return new PortAllocation(parts[0], Integer.parseInt(parts[1]), owner, ports);
    }
}
