package io.a64.examples.host.settings;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What NGINX listens on, as its {@code listen} directive takes it: address, port or both.
 *
 * @param address the address, empty if none is given; an IPv6 address is in brackets
 * @param port 1 to 65535; 80 if none is given
 */
record Listen(Optional<String> address, int port) {

    private static final Pattern TEXT =
            Pattern.compile("(?<address>\\*|\\[[0-9a-fA-F:.]+]|[0-9]+(?:\\.[0-9]+){3})?(?::?(?<port>[0-9]{1,5}))?");
    private static final int DEFAULT_PORT = 80;

    static Optional<Listen> parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (text.startsWith(":") || !matcher.matches()) {
            return Optional.empty();
        }
        Optional<String> address = Optional.ofNullable(matcher.group("address"));
        String digits = matcher.group("port");
        boolean separated = digits == null || address.isEmpty() || text.charAt(matcher.start("port") - 1) == ':';
        int port = digits == null ? DEFAULT_PORT : Integer.parseInt(digits);
        boolean empty = address.isEmpty() && digits == null;
        boolean usable = separated
                && !empty
                && port >= 1
                && port <= 65535
                && address.map(Listen::isAddress).orElse(true);
        return usable ? Optional.of(new Listen(address, port)) : Optional.empty();
    }

    private static boolean isAddress(String text) {
        return text.equals("*") || Check.addressLiteral(text.replaceAll("[\\[\\]]", ""));
    }

    /** Returns the URL under which a client on this machine reaches it. */
    String url() {
        boolean isLocal = address.isEmpty() || address.get().matches("\\*|0\\.0\\.0\\.0|127\\..*|\\[::1?]");
        String host = isLocal ? "localhost" : address.get();
        return "http://" + host + (port == DEFAULT_PORT ? "" : ":" + port);
    }
}
