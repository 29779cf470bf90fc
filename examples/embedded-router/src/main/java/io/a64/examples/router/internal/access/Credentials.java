package io.a64.examples.router.internal.access;

import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * What a client says by HTTP basic authentication (RFC 7617).
 *
 * @param user the user
 * @param password the password, one character per byte
 */
record Credentials(String user, String password) {

    private static final String SCHEME = "Basic ";

    /** Reads the credentials of a request; empty if there are none that can be read. */
    static Optional<Credentials> of(HeaderMap headers) {
        String given = headers.getFirst(Headers.AUTHORIZATION);
        if (given == null || !given.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return Optional.empty();
        }
        return decode(given.substring(SCHEME.length()).trim())
                .filter(text -> text.indexOf(':') >= 0)
                .map(text ->
                        new Credentials(text.substring(0, text.indexOf(':')), text.substring(text.indexOf(':') + 1)));
    }

    private static Optional<String> decode(String base64) {
        try {
            return Optional.of(new String(Base64.getDecoder().decode(base64), StandardCharsets.ISO_8859_1));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Returns the password as it was sent. */
    byte[] passwordBytes() {
        return password.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Shows no password. */
    @Override
    public String toString() {
        return "Credentials[" + user + "]";
    }
}
