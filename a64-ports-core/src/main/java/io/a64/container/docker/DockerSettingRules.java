package io.a64.container.docker;

import io.a64.spi.InvalidSettingException;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Set;
import java.util.regex.Pattern;

/** What the Docker settings may be. */
final class DockerSettingRules {

    static final String HOST = "a64.docker.host";
    static final String NETWORK = "a64.docker.network";
    static final String PUBLISH_BIND = "a64.docker.publish-bind";
    static final String NAME_PREFIX = "a64.docker.name-prefix";
    static final String PLATFORM = "a64.docker.platform";

    private static final Pattern NETWORK_NAME = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9_.-]{0,127}");
    /** Ports are not published on these, and a name has no meaning there. */
    private static final Set<String> UNUSABLE_NETWORKS = Set.of("host", "none");

    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([a-z0-9-]{0,30}[a-z0-9])?");
    private static final String OCTET = "(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
    private static final Pattern IPV4 = Pattern.compile(OCTET + "(\\." + OCTET + "){3}");
    private static final Pattern IPV6_CHARACTERS = Pattern.compile("[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

    private DockerSettingRules() {}

    static void requireHost(String host) {
        if (!isEngineAddress(host)) {
            throw new InvalidSettingException(HOST, host, "unix:///path/to/docker.sock or tcp://host:port");
        }
    }

    private static boolean isEngineAddress(String host) {
        try {
            URI uri = new URI(host);
            boolean unix = "unix".equals(uri.getScheme()) && uri.getRawAuthority() == null && isAbsolute(uri.getPath());
            boolean tcp = "tcp".equals(uri.getScheme())
                    && uri.getHost() != null
                    && uri.getPort() > 0
                    && uri.getPort() <= 65535
                    && (uri.getPath().isEmpty() || uri.getPath().equals("/"));
            return (unix || tcp) && uri.getQuery() == null && uri.getFragment() == null;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static boolean isAbsolute(String path) {
        return path != null && path.startsWith("/") && path.length() > 1;
    }

    static void requireNetwork(String network) {
        if (!NETWORK_NAME.matcher(network).matches() || UNUSABLE_NETWORKS.contains(network)) {
            throw new InvalidSettingException(
                    NETWORK, network, "auto, or the name or id of a network that publishes ports (not host, not none)");
        }
    }

    static void requireAddress(String address) {
        if (!IPV4.matcher(address).matches() && !isIpv6(address)) {
            throw new InvalidSettingException(
                    PUBLISH_BIND, address, "an IP literal of this machine, such as 127.0.0.1 or 0.0.0.0");
        }
    }

    /** Returns the address that an accepted literal stands for; nothing is looked up. */
    static InetAddress address(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("no IP literal: " + literal, e);
        }
    }

    private static boolean isIpv6(String address) {
        try {
            // text with a colon is never looked up, only parsed
            return IPV6_CHARACTERS.matcher(address).matches() && InetAddress.getByName(address) != null;
        } catch (UnknownHostException e) {
            return false;
        }
    }

    static void requireLabel(String setting, String value) {
        if (!LABEL.matcher(value).matches()) {
            throw new InvalidSettingException(setting, value, LABEL.pattern());
        }
    }
}
