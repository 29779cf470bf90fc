package io.a64.proxy.nginx.internal.generation;

import io.a64.A64Exception;
import io.a64.proxy.Route;
import io.a64.proxy.RouteFields;
import io.a64.proxy.RouteMatch;
import io.a64.proxy.Upstream;
import java.io.IOException;
import java.io.StringReader;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The routes of a generation as properties, for programs: {@code <module>.<field>=<value>}. */
public final class RoutesFile {

    /** The name of the file in a generation's directory. */
    public static final String NAME = "routes.properties";

    private static final String OPTION = "option.";
    private static final Pattern SPECIAL = Pattern.compile("[\\\\ :=#!]");
    private static final Pattern BLANK = Pattern.compile(" ");

    private RoutesFile() {}

    static String text(long number, String digest, Collection<Route> sorted) {
        return "generation.number=" + number + "\n"
                + "generation.digest=" + digest + "\n"
                + sorted.stream().map(RoutesFile::lines).collect(Collectors.joining());
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

    /** What ends a key or begins an escape has to be escaped in a file of properties. */
    private static String escaped(String text) {
        return SPECIAL.matcher(text).replaceAll("\\\\$0");
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
            return generation(new Fields(properties));
        } catch (A64Exception | IllegalArgumentException e) {
            throw new IOException("the record of routes cannot be read: " + e.getMessage(), e);
        }
    }

    private static Generation generation(Fields fields) {
        List<Route> routes =
                fields.modules().stream().map(module -> route(module, fields)).toList();
        return new Generation(Long.parseLong(fields.get("generation.number")), fields.get("generation.digest"), routes);
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

    private record Fields(Properties properties) {

        String get(String name) {
            String value = properties.getProperty(name);
            if (value == null) {
                throw new IllegalArgumentException(name + " is missing");
            }
            return value;
        }

        /** Returns the values of all names that begin so, by what follows. */
        Map<String, String> below(String prefix) {
            return properties.stringPropertyNames().stream()
                    .filter(name -> name.startsWith(prefix))
                    .collect(Collectors.toMap(name -> name.substring(prefix.length()), this::get));
        }

        List<String> modules() {
            return properties.stringPropertyNames().stream()
                    .filter(name -> name.startsWith("route.") && name.endsWith(".match"))
                    .map(name -> name.substring("route.".length(), name.length() - ".match".length()))
                    .sorted()
                    .toList();
        }
    }
}
