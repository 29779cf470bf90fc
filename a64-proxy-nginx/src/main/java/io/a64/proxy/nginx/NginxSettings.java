package io.a64.proxy.nginx;

import io.a64.InvalidInputException;
import io.a64.proxy.AddressRange;
import io.a64.proxy.nginx.internal.generation.RenderSettings;
import io.a64.spi.InvalidSettingException;
import io.a64.spi.Settings;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where NGINX is and what it reads. Binary, main configuration, prefix and listener are those of the machine that NGINX
 * runs on, which is its container if it runs in one.
 *
 * @param configDirectory the directory that belongs to this library, as this process sees it
 * @param binary the program, a path or a name to look up on the path and in {@code /usr/sbin}
 * @param mainConfiguration the file NGINX was started with ({@code -c})
 * @param prefix its {@code -p}, empty for the one it was built with
 * @param listen the listener of the path routes, {@code port} or {@code address:port}
 * @param container name or id of the container that NGINX runs in, sharing the directory as a volume at whatever path;
 *     empty if it runs on this machine
 * @param traffic how requests are treated
 */
public record NginxSettings(
        Path configDirectory,
        String binary,
        Path mainConfiguration,
        Optional<Path> prefix,
        String listen,
        Optional<String> container,
        NginxTraffic traffic) {

    /** Names the settings {@code a64.nginx.…}; the configuration directory is required. */
    public static final String CONFIG_DIRECTORY_SETTING = "a64.nginx.config-dir";

    private static final Pattern LISTEN =
            Pattern.compile("(?:(?<address>[0-9.]+|\\[[0-9a-f:]+]|\\*|localhost):)?(?<port>[0-9]{1,5})");
    private static final Pattern PATH = Pattern.compile("/[A-Za-z0-9._~/+@=-]{1,1000}");
    private static final Pattern CONTAINER = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9_.-]{0,127}");
    private static final String CONTAINER_SETTING = "a64.nginx.container";
    private static final String LISTEN_SETTING = "a64.nginx.listen";
    private static final String LISTEN_RULE = "a port or address:port, such as 80 or 127.0.0.1:8081";
    private static final String DEFAULT_LISTEN = "80";
    private static final String DEFAULT_BINARY = "nginx";
    private static final Path DEFAULT_MAIN = Path.of("/etc/nginx/nginx.conf");

    public NginxSettings {
        configDirectory = configDirectory.toAbsolutePath().normalize();
        if (!PATH.matcher(configDirectory.toString()).matches()) {
            throw new InvalidSettingException(
                    CONFIG_DIRECTORY_SETTING,
                    configDirectory.toString(),
                    "a directory other than the root, whose path holds at most 1000 letters, digits and . _ ~ / + @ = -");
        }
        mainConfiguration = mainConfiguration.toAbsolutePath().normalize();
        prefix = prefix.map(path -> path.toAbsolutePath().normalize());
        requireBinary(binary);
        requireListen(listen);
        container.filter(name -> !CONTAINER.matcher(name).matches()).ifPresent(name -> {
            throw new InvalidSettingException(CONTAINER_SETTING, name, "the name or id of a container");
        });
    }

    private static void requireBinary(String binary) {
        if (binary.isBlank() || binary.chars().anyMatch(Character::isISOControl)) {
            throw new InvalidSettingException("a64.nginx.binary", binary, "a program's path, or its name");
        }
    }

    /** NGINX would look up what is no address. */
    private static void requireListen(String listen) {
        port(listen);
        String address = matched(listen).group("address");
        if (address == null || address.equals("*") || address.equals("localhost")) {
            return;
        }
        try {
            AddressRange.parse(address.replace("[", "").replace("]", ""));
        } catch (InvalidInputException e) {
            throw new InvalidSettingException(LISTEN_SETTING, listen, LISTEN_RULE);
        }
    }

    /** Returns the settings of a distribution's NGINX that reads this directory. */
    public static NginxSettings of(Path configDirectory) {
        return new NginxSettings(
                configDirectory,
                DEFAULT_BINARY,
                DEFAULT_MAIN,
                Optional.empty(),
                DEFAULT_LISTEN,
                Optional.empty(),
                NginxTraffic.defaults());
    }

    /**
     * Reads the settings {@code a64.nginx.config-dir}, {@code .binary}, {@code .main-conf}, {@code .prefix}, {@code
     * .listen}, {@code .container}, and those of {@link NginxTraffic}: {@code .trusted-proxies}, {@code
     * .access-log} and {@code .map-threshold}.
     *
     * @throws InvalidSettingException if one is missing or cannot be used
     */
    public static NginxSettings from(Settings settings) {
        String directory = settings.requiredText(CONFIG_DIRECTORY_SETTING, "a directory, such as /etc/nginx/conf.d");
        return new NginxSettings(
                path(CONFIG_DIRECTORY_SETTING, directory),
                settings.text("a64.nginx.binary").orElse(DEFAULT_BINARY),
                settings.text("a64.nginx.main-conf")
                        .map(text -> path("a64.nginx.main-conf", text))
                        .orElse(DEFAULT_MAIN),
                settings.text("a64.nginx.prefix").map(text -> path("a64.nginx.prefix", text)),
                settings.text(LISTEN_SETTING).orElse(DEFAULT_LISTEN),
                settings.text(CONTAINER_SETTING),
                NginxTraffic.from(settings));
    }

    /** Returns these settings with another directory of ours. */
    public NginxSettings withConfigDirectory(Path newDirectory) {
        return new NginxSettings(newDirectory, binary, mainConfiguration, prefix, listen, container, traffic);
    }

    /** Returns these settings with another program. */
    public NginxSettings withBinary(String newBinary) {
        return new NginxSettings(configDirectory, newBinary, mainConfiguration, prefix, listen, container, traffic);
    }

    /** Returns these settings with another main configuration. */
    public NginxSettings withMainConfiguration(Path newMainConfiguration) {
        return new NginxSettings(configDirectory, binary, newMainConfiguration, prefix, listen, container, traffic);
    }

    /** Returns these settings with a prefix of NGINX's own. */
    public NginxSettings withPrefix(Path newPrefix) {
        return new NginxSettings(
                configDirectory, binary, mainConfiguration, Optional.of(newPrefix), listen, container, traffic);
    }

    /** Returns these settings with another listener. */
    public NginxSettings withListen(String newListen) {
        return new NginxSettings(configDirectory, binary, mainConfiguration, prefix, newListen, container, traffic);
    }

    /** Returns these settings with another treatment of requests. */
    public NginxSettings withTraffic(NginxTraffic newTraffic) {
        return new NginxSettings(configDirectory, binary, mainConfiguration, prefix, listen, container, newTraffic);
    }

    /** Returns these settings for an NGINX that runs in a container. */
    public NginxSettings withContainer(String newContainer) {
        return new NginxSettings(
                configDirectory, binary, mainConfiguration, prefix, listen, Optional.of(newContainer), traffic);
    }

    private static Path path(String setting, String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new InvalidSettingException(setting, text, "a path");
        }
    }

    /** Returns what clients on this machine put before a route. */
    public URI publicUri() {
        int port = port(listen);
        return URI.create("http://localhost" + (port == 80 ? "" : ":" + port));
    }

    /** Returns the listener as NGINX's machine reaches it. */
    URI listenerUri() {
        Matcher matcher = matched(listen);
        String address = switch (Optional.ofNullable(matcher.group("address")).orElse("*")) {
            case "*", "0.0.0.0" -> "127.0.0.1";
            case "[::]" -> "[::1]";
            default -> matcher.group("address");
        };
        return URI.create("http://" + address + ":" + port(listen));
    }

    /** Returns what the files of a generation depend on. */
    RenderSettings rendering() {
        return new RenderSettings(
                publicUri(),
                Optional.ofNullable(matched(listen).group("address")),
                port(listen),
                container.isPresent(),
                traffic.trustedProxies(),
                traffic.logFile(prefix.isPresent()),
                traffic.mapThreshold());
    }

    private static int port(String listen) {
        int port = Integer.parseInt(matched(listen).group("port"));
        if (port < 1 || port > 65535) {
            throw new InvalidSettingException(LISTEN_SETTING, listen, LISTEN_RULE);
        }
        return port;
    }

    private static Matcher matched(String listen) {
        Matcher matcher = LISTEN.matcher(listen);
        if (!matcher.matches()) {
            throw new InvalidSettingException(LISTEN_SETTING, listen, LISTEN_RULE);
        }
        return matcher;
    }
}
