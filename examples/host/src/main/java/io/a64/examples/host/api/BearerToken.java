package io.a64.examples.host.api;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderValues;
import io.undertow.util.Headers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;

/** What callers have to show (RFC 6750). Immutable. */
public final class BearerToken {

    private static final String SCHEME = "Bearer ";
    private static final int GENERATED_BYTES = 32;

    private final byte[] token;

    private BearerToken(String token) {
        this.token = token.getBytes(StandardCharsets.UTF_8);
    }

    /** Returns the token of this text. */
    public static BearerToken of(String text) {
        return new BearerToken(text);
    }

    /** Returns a text that nobody can guess. */
    public static String generate() {
        byte[] bytes = new byte[GENERATED_BYTES];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** Refuses a request that does not show the token, in a time that does not tell how much of it was right. */
    void require(HttpServerExchange exchange) {
        HeaderValues values = exchange.getRequestHeaders().get(Headers.AUTHORIZATION);
        if (values == null || values.size() != 1 || !hasScheme(values.getFirst())) {
            throw refusal("this call needs the header Authorization: Bearer <token>");
        }
        if (!holdsToken(values.getFirst())) {
            throw refusal("the token in the header Authorization is wrong");
        }
    }

    private static ProblemException refusal(String detail) {
        return new ProblemException(
                Problem.of(ProblemType.UNAUTHORIZED, detail).withHeader("WWW-Authenticate", "Bearer"));
    }

    private static boolean hasScheme(String header) {
        return header.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
    }

    private boolean holdsToken(String header) {
        byte[] shown = header.substring(SCHEME.length()).trim().getBytes(StandardCharsets.UTF_8);
        return MessageDigest.isEqual(token, shown);
    }
}
