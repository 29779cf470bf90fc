package io.a64.module;

import io.a64.InvalidInputException;
import io.a64.ModuleName;
import io.a64.container.ImageReference;
import io.a64.container.Resources;
import io.a64.ports.PortSource;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What a host application wants to run. Immutable; every value is checked here, so that a deployment of a
 * specification that exists can only fail for reasons outside of it.
 *
 * @param name the module's name, a DNS label
 * @param image the image reference, see {@link ImageReference}
 * @param internalPorts the ports inside the container; the first one is routed
 * @param portSource where its external ports come from
 * @param version the module's version if it has one; informative
 * @param licenseKey what a licence policy asks for; never logged
 * @param environment up to 200 variables for the process, values up to 32 KiB without NUL; never logged
 * @param route the route, empty for a module that is reached by its ports alone
 * @param readiness when the module counts as ready
 * @param resources limits for its container
 */
public record ModuleSpec(
        String name,
        String image,
        List<Integer> internalPorts,
        PortSource portSource,
        Optional<String> version,
        Optional<String> licenseKey,
        SortedMap<String, String> environment,
        Optional<RouteSpec> route,
        Readiness readiness,
        Resources resources) {

    private static final int MOST_PORTS = 64;
    private static final int MOST_VARIABLES = 200;
    private static final int LONGEST_VALUE = 32 * 1024;
    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final Pattern LINE = Pattern.compile("[\\x20-\\x7e]{1,4096}");

    public ModuleSpec {
        ModuleName.require("module_name", name);
        ImageReference.parse(image);
        Objects.requireNonNull(internalPorts, "ports").forEach(port -> Objects.requireNonNull(port, "ports"));
        internalPorts = List.copyOf(internalPorts);
        requirePorts(internalPorts);
        version.ifPresent(text -> requireLine("version", text));
        licenseKey.ifPresent(text -> requireLine("license_key", text));
        environment = Collections.unmodifiableSortedMap(new TreeMap<>(environment));
        requireEnvironment(environment);
        Objects.requireNonNull(portSource, "portSource");
        Objects.requireNonNull(route, "route");
        Objects.requireNonNull(readiness, "readiness");
        Objects.requireNonNull(resources, "resources");
    }

    private static void requirePorts(List<Integer> ports) {
        if (ports.isEmpty() || ports.size() > MOST_PORTS || new HashSet<>(ports).size() < ports.size()) {
            throw new InvalidInputException("ports", ports, "name 1 to " + MOST_PORTS + " ports and none twice");
        }
        ports.forEach(InternalPort::require);
    }

    private static void requireLine(String field, String text) {
        if (!LINE.matcher(text).matches()) {
            throw new InvalidInputException(field, text, "be 1 to 4096 printable ASCII characters");
        }
    }

    private static void requireEnvironment(Map<String, String> environment) {
        if (environment.size() > MOST_VARIABLES) {
            throw new InvalidInputException(
                    "environment", environment.size() + " entries", "hold at most " + MOST_VARIABLES + " entries");
        }
        environment.forEach((variable, value) -> {
            if (!VARIABLE.matcher(variable).matches()) {
                throw new InvalidInputException("environment", variable, "name variables by " + VARIABLE.pattern());
            }
            if (value.length() > LONGEST_VALUE || value.indexOf('\0') >= 0) {
                throw new InvalidInputException(
                        "environment." + variable,
                        value.length() + " characters",
                        "be at most 32 KiB long and hold no NUL");
            }
        });
    }

    /** Starts a specification of the module of this name. */
    public static Builder builder(String name) {
        return new Builder(name);
    }

    /** Returns the port inside the container that the route leads to. */
    public int routedPort() {
        return internalPorts.get(0);
    }

    /** Shows everything but the secrets: licence key and values of the environment. */
    @Override
    public String toString() {
        return "ModuleSpec[" + name + ", " + image + ", ports " + internalPorts + ", route "
                + route.map(wish -> wish.match().text()).orElse("none") + ", environment " + environment.keySet() + "]";
    }

    /** Collects the parts of a specification without deploying it. */
    public static final class Builder extends ModuleSpecBuilder<Builder> {

        private Builder(String name) {
            super(name);
        }

        @Override
        protected Builder self() {
            return this;
        }
    }
}
