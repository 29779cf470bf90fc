package io.a64.proxy.nginx.internal.generation;

import io.a64.A64Exception;
import io.a64.proxy.Route;
import io.a64.proxy.RouteFields;
import io.a64.proxy.RouteMatch;
import io.a64.proxy.Upstream;
import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The routes of a generation as properties, for programs: {@code <module>.<field>=<value>}. */
public final class RoutesFile {

    /** The name of the file in a generation's directory. */
    public static final String NAME = "routes.properties";

    private static final String OPTION = "option.";
    private static final Pattern SPECIAL = Pattern.compile("[\\\\ :=#!]");
    private static final String WITHHELD = "withheld.";
    private static final String REASON = "reason";
    private static final String FILE = "file.";
    private static final Pattern BLANK = Pattern.compile(" ");

    private RoutesFile() {}

    static String text(Generation generation) {
        StringBuilder text = new StringBuilder()
                .append("generation.number=" + generation.number() + "\n")
                .append("generation.digest=" + generation.digest() + "\n")
                .append(routes(generation.routes()));
        generation.withheld().forEach((module, why) -> text.append(lines(module, why)));
        new TreeMap<>(generation.checksums()).forEach((file, sum) -> text.append(FILE + file + "=" + sum + "\n"));
        return text.toString();
    }

    static String routes(List<Route> sorted) {
        return sorted.stream().map(RoutesFile::lines).collect(Collectors.joining());
    }

    private static String lines(String module, Withheld why) {
        String prefix = WITHHELD + module + ".";
        StringBuilder text = new StringBuilder(prefix + REASON + "=" + escaped(why.reason()) + "\n");
        for (int i = 0; i < why.evidence().size(); i++) {
            text.append(prefix + i + "=" + escaped(why.evidence().get(i)) + "\n");
        }
        return text.toString();
    }

    private static String lines(Route route) {
        String prefix = "route." + route.module() + ".";
        String upstreams = route.upstreams().stream().map(Upstream::hostPort).collect(Collectors.joining(" "));
        return prefix + "generation=" + route.generation() + "\n"
                + prefix + "match=" + route.match().text() + "\n"
                + prefix + "upstreams=" + upstreams + "\n"
                + RouteFields.of(route.options()).entrySet().stream()
                        .map(field ->
                                prefix + OPTION + escaped(field.getKey()) + "=" + escaped(field.getValue()) + "\n")
                        .collect(Collectors.joining());
    }

    /** What ends a key or begins an escape has to be escaped; a line of NGINX, which may be kept too, may hold anything. */
    private static String escaped(String text) {
        String line = text.strip().replaceAll("\\p{Cntrl}", " ");
        return SPECIAL.matcher(line).replaceAll("\\\\$0");
    }

    /**
     * Returns the generation that the text describes.
     *
     * @throws IOException if it is not one of ours
     */
    public static Generation parse(String text) throws IOException {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(text));
            return generation(Fields.of(properties));
        } catch (A64Exception | IllegalArgumentException e) {
            throw new IOException("the record of routes cannot be read: " + e.getMessage(), e);
        }
    }

    private static Generation generation(Fields fields) {
        List<Route> routes = fields.between("route.", ".match").stream()
                .map(module -> route(module, fields))
                .toList();
        SortedMap<String, Withheld> withheld = new TreeMap<>();
        fields.between(WITHHELD, "." + REASON).forEach(module -> withheld.put(module, withheld(module, fields)));
        Map<String, String> checksums = new TreeMap<>();
        fields.between(FILE, "").forEach(file -> checksums.put(file, fields.get(FILE + file)));
        return new Generation(
                Long.parseLong(fields.get("generation.number")),
                fields.get("generation.digest"),
                routes,
                withheld,
                checksums);
    }

    private static Withheld withheld(String module, Fields fields) {
        String prefix = WITHHELD + module + ".";
        List<String> evidence = Stream.iterate(0, i -> i + 1)
                .map(i -> fields.values.get(prefix + i))
                .takeWhile(Objects::nonNull)
                .toList();
        return new Withheld(fields.get(prefix + REASON), evidence);
    }

    private static Route route(String module, Fields fields) {
        Function<String, String> field = name -> fields.get("route." + module + "." + name);
        List<Upstream> upstreams = BLANK.splitAsStream(field.apply("upstreams"))
                .map(RoutesFile::upstream)
                .toList();
        return new Route(
                module,
                Integer.parseInt(field.apply("generation")),
                RouteMatch.parse(field.apply("match")),
                upstreams,
                RouteFields.parse(fields.below("route." + module + "." + OPTION)));
    }

    private static Upstream upstream(String hostPort) {
        int colon = hostPort.lastIndexOf(':');
        String address = hostPort.substring(0, colon).replace("[", "").replace("]", "");
        return new Upstream(address, Integer.parseInt(hostPort.substring(colon + 1)));
    }

    /** Sorted, so that what belongs to one of ten thousand routes is found without looking at all of them. */
    private record Fields(SortedMap<String, String> values) {

        static Fields of(Properties properties) {
            SortedMap<String, String> values = new TreeMap<>();
            properties.stringPropertyNames().forEach(name -> values.put(name, properties.getProperty(name)));
            return new Fields(values);
        }

        String get(String name) {
            String value = values.get(name);
            if (value == null) {
                throw new IllegalArgumentException(name + " is missing");
            }
            return value;
        }

        private SortedMap<String, String> startingWith(String prefix) {
            return values.subMap(prefix, prefix + Character.MAX_VALUE);
        }

        /** Returns the values of all names that begin so, by what follows. */
        Map<String, String> below(String prefix) {
            Map<String, String> below = new TreeMap<>();
            startingWith(prefix).forEach((name, value) -> below.put(name.substring(prefix.length()), value));
            return below;
        }

        /** Returns what stands between this beginning and this end of a name, sorted. */
        List<String> between(String beginning, String end) {
            return startingWith(beginning).keySet().stream()
                    .filter(name -> name.endsWith(end))
                    .map(name -> name.substring(beginning.length(), name.length() - end.length()))
                    .toList();
        }
    }
}
