package io.a64.proxy;

import io.a64.InvalidInputException;
import java.net.InetAddress;
import java.util.Objects;

/**
 * Where requests of a route are sent.
 *
 * @param address an IPv4 or IPv6 literal, never a name: a name that does not resolve stops some proxies
 * @param port 1 to 65535
 */
public record Upstream(String address, int port) {

    public Upstream {
        Objects.requireNonNull(address, "upstream.address");
        if (IpLiteral.parse(address).filter(Upstream::isOneHost).isEmpty()) {
            throw new InvalidInputException(
                    "upstream.address",
                    address,
                    "be a dotted IPv4 or a lower-case IPv6 literal of one host, and not link-local");
        }
        if (port < 1 || port > 65535) {
            throw new InvalidInputException("upstream.port", port, "lie between 1 and 65535");
        }
    }

    /** Link-local addresses are refused because clouds tell their secrets at one of them. */
    private static boolean isOneHost(InetAddress address) {
        return !address.isLinkLocalAddress() && !address.isAnyLocalAddress() && !address.isMulticastAddress();
    }

    /** Returns whether this is the machine that the proxy itself runs on. */
    public boolean isLoopback() {
        return IpLiteral.parse(address).filter(InetAddress::isLoopbackAddress).isPresent();
    }

    /** Returns {@code address:port}, with brackets around an IPv6 address. */
    public String hostPort() {
        return (address.indexOf(':') >= 0 ? "[" + address + "]" : address) + ":" + port;
    }
}
