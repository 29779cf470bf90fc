package io.a64.examples.host.settings;

import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What NGINX listens on, as its {@code listen} directive takes it: address, port or both.
 *
 * @param address the address, empty if none is given; an IPv6 address is in brackets
 * @param port 1 to 65535; 80 if none is given
 */
record Listen(Optional<String> address, int port) {

    private static final Pattern TEXT = Pattern.compile("(?<only>[0-9]{1,5})"
            + "|(?<address>\\*|localhost|\\[[0-9a-fA-F:.]+]|[0-9]+(?:\\.[0-9]+){3})(?::(?<port>[0-9]{1,5}))?");
    private static final String DEFAULT_PORT = "80";

    static Optional<Listen> parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        Optional<String> address = Optional.ofNullable(matcher.group("address"));
        String port = Stream.of("only", "port")
                .map(matcher::group)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(DEFAULT_PORT);
        boolean usable = Check.port(port)
                && Integer.parseInt(port) > 0
                && address.map(Listen::isAddress).orElse(true);
        return usable ? Optional.of(new Listen(address, Integer.parseInt(port))) : Optional.empty();
    }

    private static boolean isAddress(String text) {
        return text.equals("*") || text.equals("localhost") || Check.addressLiteral(text.replaceAll("[\\[\\]]", ""));
    }

    /** Returns it with its port made explicit, as the library takes it. */
    String text() {
        return address.map(given -> given.toLowerCase(Locale.ROOT) + ":").orElse("") + port;
    }

    /**
     * Returns the URL under which a client on this machine reaches it. An IPv6 address does not listen on IPv4, where many
     * clients look for localhost first.
     */
    String url() {
        return "http://" + host() + (port == 80 ? "" : ":" + port);
    }

    private String host() {
        String given = address.orElse("*").toLowerCase(Locale.ROOT);
        return switch (given) {
            case "*", "localhost", "0.0.0.0", "127.0.0.1" -> "localhost";
            case "[::]" -> "[::1]";
            default -> given;
        };
    }
}
