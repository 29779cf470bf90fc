package io.a64.proxy;

import io.a64.InvalidInputException;
import java.util.regex.Pattern;

/**
 * Where requests of a route are sent.
 *
 * @param address an IPv4 or IPv6 literal, never a name: a name that does not resolve stops some proxies
 * @param port 1 to 65535
 */
public record Upstream(String address, int port) {

    private static final String OCTET = "(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])";
    private static final Pattern IPV4 = Pattern.compile("(" + OCTET + "\\.){3}" + OCTET);
    private static final Pattern IPV6 = Pattern.compile("(?=.*:.*:)[0-9a-f:]{2,39}");

    public Upstream {
        boolean linkLocal = address.startsWith("169.254.") || address.startsWith("fe80:");
        if (linkLocal
                || !(IPV4.matcher(address).matches() || IPV6.matcher(address).matches())) {
            throw new InvalidInputException(
                    "upstream.address",
                    address,
                    "be a dotted IPv4 or a lower-case IPv6 literal that is not link-local");
        }
        if (port < 1 || port > 65535) {
            throw new InvalidInputException("upstream.port", port, "lie between 1 and 65535");
        }
    }

    /** Returns {@code address:port}, with brackets around an IPv6 address. */
    public String hostPort() {
        return (address.indexOf(':') >= 0 ? "[" + address + "]" : address) + ":" + port;
    }
}
