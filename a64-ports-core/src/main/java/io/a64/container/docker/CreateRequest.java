package io.a64.container.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.LogConfig;
import com.github.dockerjava.api.model.LogConfig.LoggingType;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Ports.Binding;
import com.github.dockerjava.api.model.RestartPolicy;
import io.a64.container.ContainerNetwork;
import io.a64.container.ContainerSpec;
import io.a64.container.Resources;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Says to Docker what a module's container is. Modules are untrusted: no new privileges, a limit on processes, on the
 * log, on memory with swap included; no device, no mount, no network of the host.
 *
 * <p>The restart policy is {@code no}: a module that exits must be seen as exited at once, not as running between two
 * restarts.
 *
 * @param spec the module's wishes
 * @param name the container's name
 * @param network the network to join
 * @param settings where ports are published, and whose container it is
 */
record CreateRequest(ContainerSpec spec, String name, ContainerNetwork network, DockerRuntimeSettings settings) {

    private static final long MOST_PROCESSES = 256;
    private static final int STOP_SECONDS = 10;
    private static final double NANOS_PER_CPU = 1e9;
    /** Docker refuses aliases there. */
    private static final String DEFAULT_BRIDGE = "bridge";

    CreateContainerCmd on(DockerClient client) {
        CreateContainerCmd command = client.createContainerCmd(spec.image())
                .withName(name)
                .withLabels(Labels.of(spec, settings.platform()))
                .withEnv(environment())
                .withExposedPorts(
                        spec.ports().keySet().stream().map(ExposedPort::tcp).toList())
                .withStopTimeout(STOP_SECONDS)
                .withHostConfig(hostConfig());
        return network.name().equals(DEFAULT_BRIDGE) ? command : command.withAliases(spec.module());
    }

    private List<String> environment() {
        Map<String, String> all = new TreeMap<>();
        all.put("A64_MODULE", spec.module());
        all.put("A64_GENERATION", Integer.toString(spec.generation()));
        all.put("A64_IMAGE", spec.image());
        if (!spec.ports().isEmpty()) {
            all.put("PORT", spec.ports().firstKey().toString());
        }
        all.putAll(spec.environment());
        return all.entrySet().stream()
                .map(variable -> variable.getKey() + "=" + variable.getValue())
                .toList();
    }

    private HostConfig hostConfig() {
        HostConfig config = HostConfig.newHostConfig()
                .withNetworkMode(network.id())
                .withPortBindings(
                        spec.ports().entrySet().stream().map(this::published).toList())
                .withRestartPolicy(RestartPolicy.noRestart())
                .withSecurityOpts(List.of("no-new-privileges"))
                .withInit(true)
                .withPidsLimit(MOST_PROCESSES)
                .withLogConfig(new LogConfig(LoggingType.JSON_FILE, Map.of("max-size", "10m", "max-file", "3")));
        return limited(config, spec.resources());
    }

    private PortBinding published(Map.Entry<Integer, Integer> port) {
        return new PortBinding(
                Binding.bindIpAndPort(settings.publishBind(), port.getValue()), ExposedPort.tcp(port.getKey()));
    }

    private static HostConfig limited(HostConfig config, Resources resources) {
        if (resources.memoryBytes() > 0) {
            config.withMemory(resources.memoryBytes()).withMemorySwap(resources.memoryBytes());
        }
        if (resources.cpus() > 0) {
            config.withNanoCPUs((long) (resources.cpus() * NANOS_PER_CPU));
        }
        return config;
    }
}
