package io.a64.examples.benchmarks.routes.front;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** One GET over a connection of its own. */
public final class Question {

    private static final int LIMIT_MILLIS = 60_000;

    private Question() {}

    /** Returns the whole answer, head and body. */
    public static String ask(int port, Target target) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(LIMIT_MILLIS);
            String request =
                    "GET " + target.path() + " HTTP/1.1\r\nHost: " + target.host() + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    /** Returns the body of the answer, which has to be one with status 200. */
    public static String body(int port, Target target) throws IOException {
        String answer = ask(port, target);
        if (!answer.startsWith("HTTP/1.1 200 ")) {
            throw new IOException(
                    target + " on port " + port + " answers " + answer.lines().findFirst());
        }
        return answer.substring(answer.indexOf("\r\n\r\n") + 4);
    }
}
