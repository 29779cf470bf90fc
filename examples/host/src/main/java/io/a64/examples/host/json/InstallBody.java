package io.a64.examples.host.json;

import static io.a64.examples.host.json.Given.complete;
import static io.a64.examples.host.json.Given.ifGiven;
import static io.a64.examples.host.json.Given.required;

import com.fasterxml.jackson.databind.JsonNode;
import io.a64.InvalidInputException;
import io.a64.module.ModuleSpec;
import io.a64.ports.PortRange;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The body of an installation. A field that is null counts as not given.
 *
 * @param moduleName required
 * @param dockerImage required
 * @param ports required; entries such as {@code "8080"}, {@code 8080} or {@code "9999:8080"}
 * @param portPool the pool that external ports come from
 * @param portRange the part of the general range that external ports come from, such as {@code 9500-9600}
 * @param version informative
 * @param licenseKey what a licence policy asks for
 * @param environment variables for the process
 * @param replicas 1 to 32; this version runs one
 * @param route how the module is routed
 * @param resources limits for its container
 */
public record InstallBody(
        @Nullable String moduleName,
        @Nullable String dockerImage,
        @Nullable List<JsonNode> ports,
        @Nullable String portPool,
        @Nullable String portRange,
        @Nullable String version,
        @Nullable String licenseKey,
        @Nullable Map<String, @Nullable String> environment,
        @Nullable Integer replicas,
        @Nullable RouteBody route,
        @Nullable ResourcesBody resources) {

    private static final int MOST_REPLICAS = 32;

    /**
     * Returns what the library is asked for.
     *
     * @throws InvalidInputException naming the field that breaks its rule, or that this version does not support
     */
    public ModuleSpec spec() {
        ModuleSpec.Builder builder =
                ModuleSpec.builder(required("module_name", moduleName)).image(required("docker_image", dockerImage));
        PortsJson.read("ports", required("ports", ports)).forEach(builder::port);
        source(builder);
        ifGiven(version, builder::version);
        ifGiven(licenseKey, builder::licenseKey);
        ifGiven(environment, variables -> builder.environment(complete("environment", variables)));
        ifGiven(resources, limits -> builder.resources(limits.limits()));
        ifGiven(route, wish -> wish.addTo(builder));
        requireOneReplica();
        return builder.spec();
    }

    private void source(ModuleSpec.Builder builder) {
        if (portPool != null && portRange != null) {
            throw new InvalidInputException("port_range", portRange, "not be given together with port_pool");
        }
        if (portPool != null) {
            builder.portPool(portPool);
        }
        if (portRange != null) {
            PortRange range = range(portRange);
            builder.portRange(range.first(), range.last());
        }
    }

    private static PortRange range(String text) {
        try {
            return PortRange.parse(text);
        } catch (InvalidInputException e) {
            throw new InvalidInputException("port_range", text, "be FIRST-LAST within 1 and 65535, such as 9500-9600");
        }
    }

    private void requireOneReplica() {
        if (replicas == null) {
            return;
        }
        if (replicas < 1 || replicas > MOST_REPLICAS) {
            throw new InvalidInputException("replicas", replicas, "lie between 1 and " + MOST_REPLICAS);
        }
        if (replicas > 1) {
            throw new InvalidInputException(
                    "replicas", replicas, "be 1: this version does not support more than one replica");
        }
    }
}
