package io.a64.proxy.nginx.internal.generation;

import io.a64.A64Exception;
import io.a64.proxy.Route;
import io.a64.proxy.RouteOptions;
import io.a64.proxy.Upstream;
import java.io.IOException;
import java.io.StringReader;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Collection;
import java.util.List;
import java.util.Properties;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The routes of a generation as properties, for programs: {@code <module>.<field>=<value>}. */
public final class RoutesFile {

    /** The name of the file in a generation's directory. */
    public static final String NAME = "routes.properties";

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
                + prefix + "path=" + route.path() + "\n"
                + prefix + "upstreams=" + upstreams + "\n"
                + prefix + "websocket=" + route.options().websocket() + "\n"
                + prefix + "max-body=" + route.options().maxBodyBytes() + "\n"
                + prefix + "read-timeout=" + route.options().readTimeout() + "\n";
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
        } catch (A64Exception | IllegalArgumentException | DateTimeParseException e) {
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
        RouteOptions options = new RouteOptions(
                Boolean.parseBoolean(field.apply("websocket")),
                Long.parseLong(field.apply("max-body")),
                Duration.parse(field.apply("read-timeout")));
        List<Upstream> upstreams = BLANK.splitAsStream(field.apply("upstreams"))
                .map(RoutesFile::upstream)
                .toList();
        return new Route(module, Integer.parseInt(field.apply("generation")), field.apply("path"), upstreams, options);
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

        List<String> modules() {
            return properties.stringPropertyNames().stream()
                    .filter(name -> name.startsWith("route.") && name.endsWith(".path"))
                    .map(name -> name.substring("route.".length(), name.length() - ".path".length()))
                    .sorted()
                    .toList();
        }
    }
}
