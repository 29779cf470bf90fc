package io.a64.probe;

import io.a64.Deadline;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
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
     * Asks once. A single read or connect waits no longer than the smaller of the two limits.
     *
     * @throws IOException if there is no whole answer in time
     */
    public static Answer get(URI uri, Deadline deadline, Duration perTry) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection(Proxy.NO_PROXY);
        int timeoutMillis = deadline.orAfter(perTry).remainingMillis();
        connection.setConnectTimeout(timeoutMillis);
        connection.setReadTimeout(timeoutMillis);
        connection.setInstanceFollowRedirects(false);
        connection.setUseCaches(false);
        connection.setRequestProperty("Connection", "close");
        connection.setRequestProperty("User-Agent", "a64-ports-probe");
        try {
            int status = connection.getResponseCode();
            return new Answer(status, body(connection, status));
        } finally {
            connection.disconnect();
        }
    }

    private static String body(HttpURLConnection connection, int status) throws IOException {
        try (InputStream stream = status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
            return stream == null ? "" : new String(stream.readNBytes(MAX_BODY_BYTES), StandardCharsets.UTF_8);
        }
    }
}
