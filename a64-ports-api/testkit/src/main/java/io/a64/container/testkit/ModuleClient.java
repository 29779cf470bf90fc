package io.a64.container.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** Talks to modules through their published ports, with a new connection for each request. */
final class ModuleClient {

    private static final int LIMIT_MILLIS = 5000;

    private final String host;

    /** @param address an IP literal */
    ModuleClient(String address) {
        host = address.contains(":") ? "[" + address + "]" : address;
    }

    /** Returns the body of a 200, and an empty text for every other answer and for none. */
    String get(int port, String path) {
        try {
            HttpURLConnection connection = (HttpURLConnection)
                    URI.create("http://" + host + ":" + port + path).toURL().openConnection(Proxy.NO_PROXY);
            connection.setConnectTimeout(LIMIT_MILLIS);
            connection.setReadTimeout(LIMIT_MILLIS);
            connection.setRequestProperty("Connection", "close");
            return connection.getResponseCode() == HttpURLConnection.HTTP_OK ? body(connection) : "";
        } catch (IOException e) {
            return "";
        }
    }

    private static String body(HttpURLConnection connection) throws IOException {
        try (InputStream body = connection.getInputStream()) {
            return new String(body.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
