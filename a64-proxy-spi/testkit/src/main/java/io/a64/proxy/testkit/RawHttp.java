package io.a64.proxy.testkit;

import java.net.URI;
import java.util.List;
import java.util.stream.Stream;

/** Sends a request byte for byte as it is given, on a connection of its own. */
final class RawHttp {

    static final String CHUNKED = "Transfer-Encoding: chunked";

    private RawHttp() {}

    /**
     * What came back.
     *
     * @param status the HTTP status
     * @param head the header lines
     * @param body the body, whole if it came in chunks
     */
    record Answer(int status, HttpHead head, String body) {

        /** Returns the values of a header, in order. */
        List<String> header(String name) {
            return head.header(name);
        }
    }

    static Answer get(URI base, String target, String... headers) {
        return send(base, "GET", target, "", headers);
    }

    /**
     * Sends a request whose body has the length that is declared, unless the headers say that it comes in chunks and
     * the body is written so. A {@code Host} among the headers takes the place of that of the base.
     */
    static Answer send(URI base, String method, String target, String body, String... headers) {
        try (RawConnection connection = begin(base, method, target, body, closing(headers))) {
            return connection.answer();
        } catch (AssertionError e) {
            throw new AssertionError(
                    "no answer to " + method + " " + target + " at " + base + ": " + e.getMessage(), e);
        }
    }

    /** An answer is known to be over when the connection is. */
    private static String[] closing(String... headers) {
        return Stream.of(headers)
                .map(header -> header.startsWith("Connection:") ? header + ", close" : header)
                .toArray(String[]::new);
    }

    /** Sends a request and returns the connection on which the answer will come. */
    static RawConnection begin(URI base, String method, String target, String body, String... headers) {
        return RawConnection.to(base).send(text(base, method, target, body, headers));
    }

    /** Returns a request that asks for the connection to be closed afterwards, unless the headers say something else. */
    static String text(URI base, String method, String target, String body, String... headers) {
        StringBuilder request = new StringBuilder(method + " " + target + " HTTP/1.1\r\n");
        if (Stream.of(headers).noneMatch(header -> header.startsWith("Host:"))) {
            request.append("Host: ").append(base.getAuthority()).append("\r\n");
        }
        if (Stream.of(headers).noneMatch(header -> header.startsWith("Connection:"))) {
            request.append("Connection: close\r\n");
        }
        for (String header : headers) {
            request.append(header).append("\r\n");
        }
        boolean declared =
                Stream.of(headers).anyMatch(header -> header.equals(CHUNKED) || header.startsWith("Content-Length:"));
        if (!body.isEmpty() && !declared) {
            request.append("Content-Length: ").append(body.length()).append("\r\n");
        }
        return request.append("\r\n").append(body).toString();
    }

    /** Returns a body of one chunk. */
    static String chunk(int length) {
        return Integer.toHexString(length) + "\r\n" + "x".repeat(length) + "\r\n0\r\n\r\n";
    }
}
