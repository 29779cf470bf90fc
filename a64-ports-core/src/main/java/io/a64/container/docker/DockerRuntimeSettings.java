package io.a64.container.docker;

import static io.a64.container.docker.DockerSettingRules.HOST;
import static io.a64.container.docker.DockerSettingRules.NAME_PREFIX;
import static io.a64.container.docker.DockerSettingRules.NETWORK;
import static io.a64.container.docker.DockerSettingRules.PLATFORM;
import static io.a64.container.docker.DockerSettingRules.PUBLISH_BIND;

import io.a64.container.hostports.PortProbe;
import io.a64.spi.InvalidSettingException;
import io.a64.spi.Settings;
import java.net.URI;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * How to reach a Docker engine and how to use it. Immutable. Nothing else is read: no {@code DOCKER_*} variable, no
 * file of the user's.
 *
 * @param host where the engine listens: {@code unix:///path} or {@code tcp://host:port}
 * @param network the network that modules join, by name or id; {@code auto} means the network of the container this
 *     process runs in, else a network {@code a64} that is created when it is missing
 * @param publishBind the IP literal that external ports are published on
 * @param namePrefix what container names begin with
 * @param platform the value of the label {@code io.a64.platform}; only containers that carry it are listed or
 *     touched
 * @param portProbe what is looked at before a port is published, where the engine is on this machine
 */
public record DockerRuntimeSettings(
        String host, String network, String publishBind, String namePrefix, String platform, PortProbe portProbe) {

    /** The network setting that leaves the choice to the runtime. */
    public static final String AUTO_NETWORK = "auto";

    private static final Pattern LOOPBACK =
            Pattern.compile("localhost|127(\\.[0-9]{1,3}){3}|\\[(::1|(0+:){7}0*1)]", Pattern.CASE_INSENSITIVE);

    private static final String DEFAULT_HOST = "unix:///var/run/docker.sock";
    private static final String DEFAULT_BIND = "127.0.0.1";
    private static final String DEFAULT_PREFIX = "a64";

    /** @throws InvalidSettingException naming the setting, the value and what is accepted */
    public DockerRuntimeSettings {
        DockerSettingRules.requireHost(host);
        DockerSettingRules.requireNetwork(network);
        DockerSettingRules.requireAddress(publishBind);
        DockerSettingRules.requireLabel(NAME_PREFIX, namePrefix);
        DockerSettingRules.requireLabel(PLATFORM, platform);
        Objects.requireNonNull(portProbe, "portProbe");
    }

    /** Returns the documented defaults: the local socket, network {@code auto}, loopback, prefix {@code a64}, TCP probe. */
    public static DockerRuntimeSettings defaults() {
        return new DockerRuntimeSettings(
                DEFAULT_HOST, AUTO_NETWORK, DEFAULT_BIND, DEFAULT_PREFIX, DEFAULT_PREFIX, PortProbe.TCP);
    }

    /**
     * Reads {@code a64.docker.host}, {@code .network}, {@code .publish-bind}, {@code .name-prefix} and {@code
     * .platform} (without it the name prefix), and {@value PortProbe#SETTING}; what is not set has its default.
     *
     * @throws InvalidSettingException if one cannot be used
     */
    public static DockerRuntimeSettings from(Settings settings) {
        String prefix = settings.text(NAME_PREFIX).orElse(DEFAULT_PREFIX);
        return new DockerRuntimeSettings(
                settings.text(HOST).orElse(DEFAULT_HOST),
                settings.text(NETWORK).orElse(AUTO_NETWORK),
                settings.text(PUBLISH_BIND).orElse(DEFAULT_BIND),
                prefix,
                settings.text(PLATFORM).orElse(prefix),
                PortProbe.from(settings));
    }

    /** Returns these settings with another engine. */
    public DockerRuntimeSettings withHost(String newHost) {
        return new DockerRuntimeSettings(newHost, network, publishBind, namePrefix, platform, portProbe);
    }

    /** Returns these settings with another network. */
    public DockerRuntimeSettings withNetwork(String newNetwork) {
        return new DockerRuntimeSettings(host, newNetwork, publishBind, namePrefix, platform, portProbe);
    }

    /** Returns these settings with another publishing address. */
    public DockerRuntimeSettings withPublishBind(String newPublishBind) {
        return new DockerRuntimeSettings(host, network, newPublishBind, namePrefix, platform, portProbe);
    }

    /** Returns these settings with other names: container names begin with the prefix, and the platform is called so. */
    public DockerRuntimeSettings withNamePrefix(String newPrefix) {
        return new DockerRuntimeSettings(host, network, publishBind, newPrefix, newPrefix, portProbe);
    }

    /** Returns these settings with another look at ports before they are published. */
    public DockerRuntimeSettings withPortProbe(PortProbe newPortProbe) {
        return new DockerRuntimeSettings(host, network, publishBind, namePrefix, platform, newPortProbe);
    }

    /**
     * Whether the engine seems to be on this machine: on a unix socket, or on loopback. A name is not looked up, and a
     * tunnel to another machine is not seen.
     */
    boolean isEngineHere() {
        URI engine = URI.create(host);
        return "unix".equals(engine.getScheme())
                || LOOPBACK.matcher(engine.getHost()).matches();
    }

    boolean findsNetworkItself() {
        return network.equals(AUTO_NETWORK);
    }
}
