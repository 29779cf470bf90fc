package io.a64.proxy.nginx.internal.generation;

import io.a64.A64Exception;
import io.a64.proxy.Route;
import io.a64.proxy.RouteFields;
import io.a64.proxy.RouteMatch;
import io.a64.proxy.RouteOptions;
import io.a64.proxy.Upstream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a generation says about itself, for programs. A line is a fact, its fields are separated by tabs: {@code
 * generation}, number and digest; {@code route}, module, generation, match, upstreams separated by blanks, and each
 * option that has not its default value as {@code name=value}; {@code withheld}, module, reason and evidence; {@code
 * file}, checksum and path.
 */
public final class RoutesFile {

    /** The name of the file in a generation's directory. */
    public static final String NAME = "routes.tsv";

    private static final String GENERATION = "generation";
    private static final String ROUTE = "route";
    private static final String WITHHELD = "withheld";
    private static final String FILE = "file";
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");
    private static final int MODULE = 1;
    private static final int NUMBER = 2;
    private static final int MATCH = 3;
    private static final int UPSTREAMS = 4;
    private static final int OPTIONS = 5;

    private RoutesFile() {}

    static String text(Generation generation) {
        StringBuilder text = new StringBuilder();
        append(text, List.of(GENERATION, Long.toString(generation.number()), generation.digest()));
        text.append(routes(generation.routes()));
        generation.withheld().forEach((module, why) -> {
            List<String> line = new ArrayList<>(List.of(WITHHELD, module, why.reason()));
            line.addAll(why.evidence());
            append(text, line);
        });
        new TreeMap<>(generation.checksums()).forEach((file, sum) -> append(text, List.of(FILE, sum, file)));
        return text.toString();
    }

    static String routes(List<Route> sorted) {
        StringBuilder text = new StringBuilder();
        sorted.forEach(route -> append(text, fields(route)));
        return text.toString();
    }

    private static List<String> fields(Route route) {
        List<String> fields = new ArrayList<>(OPTIONS);
        fields.add(ROUTE);
        fields.add(route.module());
        fields.add(Integer.toString(route.generation()));
        fields.add(route.match().text());
        fields.add(route.upstreams().stream().map(Upstream::hostPort).collect(Collectors.joining(" ")));
        RouteFields.of(route.options()).forEach((name, value) -> fields.add(name + "=" + value));
        return fields;
    }

    /** A line of NGINX, which may be kept too, may hold anything. */
    private static void append(StringBuilder text, List<String> fields) {
        for (int i = 0; i < fields.size(); i++) {
            text.append(i == 0 ? "" : "\t")
                    .append(CONTROL.matcher(fields.get(i)).replaceAll(" "));
        }
        text.append('\n');
    }

    /**
     * Returns the generation that the text describes.
     *
     * @throws IOException if it is not one of ours
     */
    public static Generation parse(String text) throws IOException {
        Parsed parsed = new Parsed();
        try {
            text.lines().forEach(line -> parsed.take(line.split("\t", -1)));
            return parsed.generation();
        } catch (A64Exception | IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new IOException("the record of routes cannot be read: " + e.getMessage(), e);
        }
    }

    private static final class Parsed {

        private String[] head = {};
        private final List<Route> routes = new ArrayList<>();
        private final SortedMap<String, Withheld> withheld = new TreeMap<>();
        private final Map<String, String> checksums = new HashMap<>();

        void take(String[] fields) {
            switch (fields[0]) {
                case GENERATION -> head = fields;
                case ROUTE -> routes.add(route(fields));
                case WITHHELD ->
                    withheld.put(
                            fields[MODULE],
                            new Withheld(fields[NUMBER], List.of(fields).subList(MATCH, fields.length)));
                case FILE -> checksums.put(fields[2], fields[1]);
                default -> throw new IllegalArgumentException("a line begins with " + fields[0]);
            }
        }

        private static Route route(String[] fields) {
            List<Upstream> upstreams = Arrays.stream(fields[UPSTREAMS].split(" "))
                    .map(Parsed::upstream)
                    .toList();
            return new Route(
                    fields[MODULE],
                    Integer.parseInt(fields[NUMBER]),
                    RouteMatch.parse(fields[MATCH]),
                    upstreams,
                    options(fields));
        }

        private static Upstream upstream(String hostPort) {
            int colon = hostPort.lastIndexOf(':');
            String address = hostPort.substring(0, colon).replace("[", "").replace("]", "");
            return new Upstream(address, Integer.parseInt(hostPort.substring(colon + 1)));
        }

        private static RouteOptions options(String[] fields) {
            if (fields.length == OPTIONS) {
                return RouteOptions.defaults();
            }
            Map<String, String> options = new HashMap<>();
            for (int i = OPTIONS; i < fields.length; i++) {
                int equals = fields[i].indexOf('=');
                options.put(fields[i].substring(0, equals), fields[i].substring(equals + 1));
            }
            return RouteFields.parse(options);
        }

        Generation generation() {
            return new Generation(Long.parseLong(head[1]), head[2], routes, withheld, checksums);
        }
    }
}
