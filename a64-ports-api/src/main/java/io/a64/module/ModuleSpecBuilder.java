package io.a64.module;

import io.a64.ModuleName;
import io.a64.container.Resources;
import io.a64.ports.PortRange;
import io.a64.ports.PortSource;
import io.a64.proxy.HostMatch;
import io.a64.proxy.PathMatch;
import io.a64.proxy.RouteMatch;
import io.a64.proxy.RouteOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Collects the parts of a {@link ModuleSpec}. Not safe for use by several threads. Values are checked by {@link
 * #spec()}.
 *
 * @param <B> the type that the fluent methods return
 */
public abstract class ModuleSpecBuilder<B extends ModuleSpecBuilder<B>> {

    private final String name;
    private String image = "";
    private final List<Integer> internalPorts = new ArrayList<>();
    private PortSource portSource = PortSource.assigned();
    private Optional<String> version = Optional.empty();
    private Optional<String> licenseKey = Optional.empty();
    private final SortedMap<String, String> environment = new TreeMap<>();
    private boolean routed = true;
    private @Nullable RouteMatch match;
    private RouteOptions routeOptions = RouteOptions.defaults();
    private Readiness readiness = Readiness.anyAnswer();
    private Resources resources = Resources.unlimited();

    /** Starts a specification of the module of this name. */
    protected ModuleSpecBuilder(String name) {
        this.name = name;
    }

    /** Returns this object. */
    protected abstract B self();

    /** Sets the image reference; required. */
    public B image(String reference) {
        image = reference;
        return self();
    }

    /** Adds a port inside the container; at least one is required, the first is routed. */
    public B port(int internalPort) {
        internalPorts.add(internalPort);
        return self();
    }

    /** Adds ports as source system A writes them, see {@link InternalPort#parse}. */
    public B ports(List<String> notations) {
        Objects.requireNonNull(notations, "ports");
        notations.forEach(notation -> internalPorts.add(InternalPort.parse(notation)));
        return self();
    }

    /** Takes external ports from a pool; without this call from where the allocator's settings say. */
    public B portPool(String pool) {
        portSource = PortSource.pool(pool);
        return self();
    }

    /** Takes external ports from this part of the general range. */
    public B portRange(int first, int last) {
        portSource = PortSource.within(new PortRange(first, last));
        return self();
    }

    /** Takes exactly these external ports, internal port to external port; the deployment fails if one is taken. */
    public B exactPorts(Map<Integer, Integer> ports) {
        portSource = PortSource.exactly(ports);
        return self();
    }

    /** Sets the module's version; informative. */
    public B version(String text) {
        version = Optional.of(text);
        return self();
    }

    /** Sets the key that a licence policy asks for. */
    public B licenseKey(String key) {
        licenseKey = Optional.of(key);
        return self();
    }

    /** Sets a variable of the process. */
    public B environment(String variable, String value) {
        environment.put(variable, value);
        return self();
    }

    /** Sets variables of the process. */
    public B environment(Map<String, String> variables) {
        environment.putAll(variables);
        return self();
    }

    /** Sets the route's prefix, with a slash at both ends; without this call it is the module's name. */
    public B pathRoute(String prefix) {
        routed = true;
        match = new PathMatch(prefix);
        return self();
    }

    /**
     * Routes a host name on a public port to the module, in place of a path; a part of its paths if the prefix says so.
     */
    public B hostRoute(HostMatch host) {
        routed = true;
        match = host;
        return self();
    }

    /** Leaves the module without a route: it is reached by its ports alone. */
    public B withoutRoute() {
        routed = false;
        return self();
    }

    /** Sets how the proxy treats the route's requests. */
    public B routeOptions(RouteOptions options) {
        routeOptions = options;
        return self();
    }

    /**
     * Sets when the module counts as ready; without this call any HTTP answer within 30 seconds will do, also a 503.
     */
    public B readiness(Readiness condition) {
        readiness = condition;
        return self();
    }

    /** Sets limits for the container; without this call there are none. */
    public B resources(Resources limits) {
        resources = limits;
        return self();
    }

    /**
     * Returns the specification.
     *
     * @throws io.a64.InvalidInputException if a value breaks its rule, naming the field
     */
    public ModuleSpec spec() {
        Optional<RouteSpec> route = routed
                ? Optional.of(new RouteSpec(match == null ? defaultPath() : match, routeOptions))
                : Optional.empty();
        return new ModuleSpec(
                name, image, internalPorts, portSource, version, licenseKey, environment, route, readiness, resources);
    }

    private RouteMatch defaultPath() {
        return new PathMatch("/" + ModuleName.require("module_name", name) + "/");
    }
}
