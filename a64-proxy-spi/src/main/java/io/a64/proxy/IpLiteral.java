package io.a64.proxy;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/** IP addresses as text. Names are never looked up. */
final class IpLiteral {

    private static final String OCTET = "(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])";
    private static final Pattern IPV4 = Pattern.compile("(" + OCTET + "\\.){3}" + OCTET);
    private static final Pattern IPV6 = Pattern.compile("(?=.*:.*:)[0-9a-f:]{2,39}");

    private static final String BROADCAST = "255.255.255.255";

    private IpLiteral() {}

    /**
     * Returns the address of a dotted IPv4 or lower-case IPv6 literal, empty if it is neither. An IPv4 address in IPv6
     * clothes ({@code ::ffff:a00:1}) is none: Java takes it for the one and proxies for the other. Nor is the broadcast
     * address, which stands for failure in C, and so in NGINX.
     */
    static Optional<InetAddress> parse(String text) {
        if (text.equals(BROADCAST)) {
            return Optional.empty();
        }
        if (!IPV4.matcher(text).matches() && !IPV6.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            InetAddress address = InetAddress.getByName(text);
            boolean isIpv6 = text.indexOf(':') >= 0;
            return Optional.of(address).filter(parsed -> parsed instanceof Inet6Address == isIpv6);
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }
}
