package io.a64.examples.host.json;

import io.a64.deploy.Deployment;
import java.net.URI;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * A module as clients see it.
 *
 * @param moduleName its name
 * @param status {@code installing}, {@code running} or {@code uninstalling}
 * @param dockerImage its image
 * @param version its version, null if it has none
 * @param generation from 1
 * @param allocatedPorts internal port to external port
 * @param proxyRoute its path without final slash, null if it has no route
 * @param urls where it is reached
 * @param installedAt ISO-8601
 */
public record ModuleJson(
        String moduleName,
        String status,
        String dockerImage,
        @Nullable String version,
        int generation,
        SortedMap<Integer, Integer> allocatedPorts,
        @Nullable String proxyRoute,
        Urls urls,
        String installedAt) {

    /** Shows a deployment. */
    @SuppressWarnings("NullAway") // orElse(null) of a nullable component
    public static ModuleJson of(Deployment deployment) {
        return new ModuleJson(
                deployment.module(),
                deployment.state().label(),
                deployment.image(),
                deployment.version().orElse(null),
                deployment.generation(),
                deployment.ports(),
                deployment.proxyRoute().orElse(null),
                Urls.of(deployment.urls()),
                deployment.installedAt().toString());
    }

    /**
     * Where a module is reached.
     *
     * @param proxy through the proxy, null if it has no route
     * @param direct by its external ports
     */
    public record Urls(@Nullable String proxy, List<String> direct) {

        private static Urls of(Deployment.Urls urls) {
            return new Urls(
                    urls.proxy().map(URI::toString).orElse(null),
                    urls.direct().stream().map(URI::toString).toList());
        }
    }

    /**
     * All modules.
     *
     * @param total how many
     * @param modules sorted by name
     */
    public record ListOf(int total, List<ModuleJson> modules) {

        /** Shows deployments. */
        public static ListOf of(List<Deployment> deployments) {
            return new ListOf(
                    deployments.size(), deployments.stream().map(ModuleJson::of).toList());
        }
    }

    /**
     * The ports of a module.
     *
     * @param moduleName its name
     * @param allocatedPorts internal port to external port
     */
    public record Ports(String moduleName, SortedMap<Integer, Integer> allocatedPorts) {

        /** Shows the ports of a deployment. */
        public static Ports of(Deployment deployment) {
            return new Ports(deployment.module(), deployment.ports());
        }
    }

    /**
     * A module that was taken away.
     *
     * @param moduleName its name
     * @param status {@code uninstalled}
     * @param releasedPorts the external ports it gave back
     */
    public record Uninstalled(String moduleName, String status, List<Integer> releasedPorts) {

        /** Creates the answer of a removal. */
        public Uninstalled(String moduleName, List<Integer> releasedPorts) {
            this(moduleName, "uninstalled", releasedPorts);
        }
    }
}
