package io.a64.probe;

import io.a64.Deadline;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Asks one question by HTTP on a connection of its own: {@code GET}, no redirects followed, no proxy, no cache, no
 * connection kept. Starts no thread.
 */
public final class HttpProbe {

    private static final int MAX_BODY_BYTES = 16 * 1024;

    private HttpProbe() {}

    /**
     * What came back.
     *
     * @param status the HTTP status
     * @param body the first 16 KiB of the body, read as UTF-8
     */
    public record Answer(int status, String body) {

        /** Returns whether the status is 2xx or 3xx. */
        public boolean isSuccess() {
            return status >= 200 && status < 400;
        }
    }

    /**
     * Asks once. An answer whose body goes on, such as a stream of events, is cut off when the smaller of the two limits
     * passes; what has arrived by then counts.
     *
     * @throws IOException if there is no whole answer in time
     */
    public static Answer get(URI uri, Deadline deadline, Duration perTry) throws IOException {
        return ask(uri, Proxy.NO_PROXY, deadline, perTry);
    }

    /**
     * Asks a listener once for a URI, wherever the host of that URI would lead, and without looking it up. The request
     * line is absolute, as proxies get it, and servers have to take it too (RFC 9112, 3.2.2).
     *
     * @throws IOException if there is no whole answer in time
     */
    public static Answer getAt(InetSocketAddress listener, URI uri, Deadline deadline, Duration perTry)
            throws IOException {
        return ask(uri, new Proxy(Proxy.Type.HTTP, listener), deadline, perTry);
    }

    private static Answer ask(URI uri, Proxy proxy, Deadline deadline, Duration perTry) throws IOException {
        Deadline end = deadline.orAfter(perTry);
        HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection(proxy);
        connection.setConnectTimeout(end.remainingMillis());
        connection.setReadTimeout(end.remainingMillis());
        connection.setInstanceFollowRedirects(false);
        connection.setUseCaches(false);
        connection.setRequestProperty("Connection", "close");
        connection.setRequestProperty("User-Agent", "a64-ports-probe");
        try {
            int status = connection.getResponseCode();
            return new Answer(status, body(connection, status, end));
        } finally {
            connection.disconnect();
        }
    }

    private static String body(HttpURLConnection connection, int status, Deadline end) throws IOException {
        try (InputStream stream = status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
            byte[] body = new byte[MAX_BODY_BYTES];
            int length = 0;
            int count = 0;
            while (stream != null && count >= 0 && length < body.length && !end.hasPassed()) {
                count = stream.read(body, length, body.length - length);
                length += Math.max(0, count);
            }
            return new String(body, 0, length, StandardCharsets.UTF_8);
        }
    }
}
