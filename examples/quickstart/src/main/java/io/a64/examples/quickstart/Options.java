package io.a64.examples.quickstart;

import io.a64.InvalidInputException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * What the command line says.
 *
 * @param modules the names to deploy
 * @param image the image to deploy them from
 * @param registry where ports and records are kept
 * @param runtime where containers run
 * @param routes where routes are published
 * @param settings for these three
 * @param once whether to ask, undeploy and end
 * @param help whether to explain the options only
 */
record Options(
        List<String> modules,
        String image,
        String registry,
        String runtime,
        String routes,
        Map<String, String> settings,
        boolean once,
        boolean help) {

    static final String USAGE = """
            Options; without any, everything is embedded in this program:
              --module NAME        deploy a module of this name (hello); may be repeated
              --image REFERENCE    from this image (demo/hello:1.0.0)
              --mongodb URI        keep ports and records in MongoDB, e.g. mongodb://127.0.0.1:27017/a64
              --docker HOST        run containers with Docker, e.g. unix:///var/run/docker.sock
              --nginx DIRECTORY    publish routes with NGINX through this configuration directory
              --set NAME=VALUE     any other setting, e.g. a64.nginx.listen=8080; may be repeated
              --once               ask each URL, print the answer, undeploy and end
              --help               this text""";

    static Options parse(List<String> arguments) {
        List<String> modules = new ArrayList<>();
        Map<String, String> settings = new HashMap<>();
        String image = "demo/hello:1.0.0";
        String registry = "memory";
        String runtime = "memory";
        String routes = "embedded";
        boolean once = false;
        boolean help = false;
        Iterator<String> rest = arguments.iterator();
        while (rest.hasNext()) {
            String option = rest.next();
            switch (option) {
                case "--module" -> modules.add(value(option, rest));
                case "--image" -> image = value(option, rest);
                case "--mongodb" -> {
                    registry = "mongodb";
                    settings.put("a64.mongodb.uri", value(option, rest));
                }
                case "--docker" -> {
                    runtime = "docker";
                    settings.put("a64.docker.host", value(option, rest));
                }
                case "--nginx" -> {
                    routes = "nginx";
                    settings.put("a64.nginx.config-dir", value(option, rest));
                }
                case "--set" -> put(settings, value(option, rest));
                case "--once" -> once = true;
                case "--help" -> help = true;
                default -> throw new InvalidInputException("option", option, "be one of those listed");
            }
        }
        return new Options(
                modules.isEmpty() ? List.of("hello") : modules, image, registry, runtime, routes, settings, once, help);
    }

    private static String value(String option, Iterator<String> rest) {
        if (!rest.hasNext()) {
            throw InvalidInputException.missing(option, "be followed by a value");
        }
        return rest.next();
    }

    private static void put(Map<String, String> settings, String assignment) {
        int equals = assignment.indexOf('=');
        if (equals < 1) {
            throw new InvalidInputException("--set", assignment, "be of the form NAME=VALUE");
        }
        settings.put(assignment.substring(0, equals), assignment.substring(equals + 1));
    }
}
