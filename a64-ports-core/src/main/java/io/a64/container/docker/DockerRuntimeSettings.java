package io.a64.container.docker;

import static io.a64.container.docker.DockerSettingRules.HOST;
import static io.a64.container.docker.DockerSettingRules.NAME_PREFIX;
import static io.a64.container.docker.DockerSettingRules.NETWORK;
import static io.a64.container.docker.DockerSettingRules.PLATFORM;
import static io.a64.container.docker.DockerSettingRules.PUBLISH_BIND;

import io.a64.spi.InvalidSettingException;
import io.a64.spi.Settings;

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
 */
public record DockerRuntimeSettings(
        String host, String network, String publishBind, String namePrefix, String platform) {

    /** The network setting that leaves the choice to the runtime. */
    public static final String AUTO_NETWORK = "auto";

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
    }

    /** Returns the documented defaults: the local socket, network {@code auto}, loopback, prefix {@code a64}. */
    public static DockerRuntimeSettings defaults() {
        return new DockerRuntimeSettings(DEFAULT_HOST, AUTO_NETWORK, DEFAULT_BIND, DEFAULT_PREFIX, DEFAULT_PREFIX);
    }

    /**
     * Reads {@code a64.docker.host}, {@code .network}, {@code .publish-bind}, {@code .name-prefix} and {@code
     * .platform} (without it the name prefix); what is not set has its default.
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
                settings.text(PLATFORM).orElse(prefix));
    }

    /** Returns these settings with another engine. */
    public DockerRuntimeSettings withHost(String newHost) {
        return new DockerRuntimeSettings(newHost, network, publishBind, namePrefix, platform);
    }

    /** Returns these settings with another network. */
    public DockerRuntimeSettings withNetwork(String newNetwork) {
        return new DockerRuntimeSettings(host, newNetwork, publishBind, namePrefix, platform);
    }

    /** Returns these settings with another publishing address. */
    public DockerRuntimeSettings withPublishBind(String newPublishBind) {
        return new DockerRuntimeSettings(host, network, newPublishBind, namePrefix, platform);
    }

    /** Returns these settings with other names: container names begin with the prefix, and the platform is called so. */
    public DockerRuntimeSettings withNamePrefix(String newPrefix) {
        return new DockerRuntimeSettings(host, network, publishBind, newPrefix, newPrefix);
    }

    boolean findsNetworkItself() {
        return network.equals(AUTO_NETWORK);
    }
}
