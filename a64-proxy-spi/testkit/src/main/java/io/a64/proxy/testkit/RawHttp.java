package io.a64.proxy.testkit;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Sends a request byte for byte as it is given, on a connection of its own. */
final class RawHttp {

    static final String CHUNKED = "Transfer-Encoding: chunked";

    private static final int PATIENCE_MILLIS = 10_000;
    private static final Pattern LINE_END = Pattern.compile("\r\n");

    private RawHttp() {}

    /**
     * What came back.
     *
     * @param status the HTTP status
     * @param headers the lines of the head after the first
     * @param body the rest
     */
    record Answer(int status, List<String> headers, String body) {

        /** Returns the values of a header, in order. */
        List<String> header(String name) {
            String start = name.toLowerCase(Locale.ROOT) + ":";
            return headers.stream()
                    .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(start))
                    .map(line -> line.substring(start.length()).strip())
                    .toList();
        }
    }

    static Answer get(URI base, String target, String... headers) {
        return send(base, "GET", target, "", headers);
    }

    /**
     * Sends a request whose body has the length that is declared, unless the headers say that it comes in chunks and
     * the body is written so.
     */
    static Answer send(URI base, String method, String target, String body, String... headers) {
        StringBuilder request = new StringBuilder(method + " " + target + " HTTP/1.1\r\n");
        request.append("Host: ").append(base.getAuthority()).append("\r\nConnection: close\r\n");
        for (String header : headers) {
            request.append(header).append("\r\n");
        }
        if (!body.isEmpty() && !List.of(headers).contains(CHUNKED)) {
            request.append("Content-Length: ").append(body.length()).append("\r\n");
        }
        request.append("\r\n").append(body);
        try (Socket socket = new Socket(base.getHost(), base.getPort() < 0 ? 80 : base.getPort())) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.getOutputStream().write(request.toString().getBytes(StandardCharsets.ISO_8859_1));
            return parse(new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            throw new AssertionError("no answer to " + method + " " + target + " at " + base, e);
        }
    }

    private static Answer parse(String text) {
        int end = text.indexOf("\r\n\r\n");
        if (end < 0) {
            throw new AssertionError("not an HTTP answer: " + text);
        }
        List<String> lines = LINE_END.splitAsStream(text.substring(0, end)).toList();
        int status = Integer.parseInt(lines.get(0).substring(9, 12));
        return new Answer(status, lines.subList(1, lines.size()), text.substring(end + 4));
    }
}
