package io.a64.container.memory;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Lets a module's handler answer the JDK's HTTP server. The server answers 400 by itself to a request target that
 * {@link java.net.URI} cannot read, such as one with a blank or a brace.
 */
final class HandlerAdapter implements HttpHandler {

    private static final int MOST_BODY_BYTES = 64 << 20;
    private static final int NO_BODY = -1;
    private static final int NO_CONTENT = 204;
    private static final int NOT_MODIFIED = 304;
    private static final Pattern ORIGIN = Pattern.compile("^[A-Za-z][A-Za-z0-9+.-]*://[^/?]*");
    private static final Pattern NAME_PART = Pattern.compile("(^|-)([a-z])");
    private static final Set<String> SET_BY_SERVER = Set.of("content-length", "transfer-encoding", "connection");

    private final MemoryContainer container;
    private final ModuleHandler handler;

    HandlerAdapter(MemoryContainer container, ModuleHandler handler) {
        this.container = container;
        this.handler = handler;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readNBytes(MOST_BODY_BYTES + 1);
            send(
                    exchange,
                    body.length > MOST_BODY_BYTES
                            ? HandlerResponse.text(413, "at most 64 MiB\n")
                            : answer(request(exchange, body)));
        }
    }

    private HandlerResponse answer(HandlerRequest request) {
        try {
            return handler.handle(request);
        } catch (IOException | RuntimeException e) {
            container.log().add(request.method() + " " + request.path() + " failed: " + e);
            return HandlerResponse.text(500, "the module failed, see its log\n");
        }
    }

    private HandlerRequest request(HttpExchange exchange, byte[] body) {
        String target = target(exchange);
        int mark = target.indexOf('?');
        return new HandlerRequest(
                container.spec().module(),
                container.spec().image(),
                container.spec().generation(),
                container.environment(),
                exchange.getRequestMethod(),
                mark < 0 ? target : target.substring(0, mark),
                mark < 0 ? "" : target.substring(mark + 1),
                headers(exchange),
                ByteBuffer.wrap(body));
    }

    /** The URI's own path is not enough: it takes {@code //a/b} for a host and a path. */
    private static String target(HttpExchange exchange) {
        String target = ORIGIN.matcher(exchange.getRequestURI().toString()).replaceFirst("");
        String path = target.isEmpty() || target.startsWith("?") ? "/" + target : target;
        return utf8(path);
    }

    private static SortedMap<String, List<String>> headers(HttpExchange exchange) {
        SortedMap<String, List<String>> headers = new TreeMap<>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(
                        capitalised(name),
                        values.stream().map(HandlerAdapter::utf8).toList()));
        return headers;
    }

    private static String capitalised(String name) {
        return NAME_PART
                .matcher(name.toLowerCase(Locale.ROOT))
                .replaceAll(part -> part.group(1) + part.group(2).toUpperCase(Locale.ROOT));
    }

    /** The server reads each byte as one character. */
    private static String utf8(String bytes) {
        return new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    private static void send(HttpExchange exchange, HandlerResponse response) throws IOException {
        response.headers().forEach((name, value) -> {
            if (!SET_BY_SERVER.contains(name.toLowerCase(Locale.ROOT))) {
                exchange.getResponseHeaders().set(name, value);
            }
        });
        // head and body go out in two packets; on a kept connection the second would wait 40 ms for the client's
        // delayed acknowledgement, because the server leaves Nagle's algorithm on
        exchange.getResponseHeaders().set("Connection", "close");
        int length = response.body().remaining();
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.getResponseHeaders().set("Content-Length", Integer.toString(length));
            exchange.sendResponseHeaders(response.status(), NO_BODY);
        } else if (length == 0 || response.status() == NO_CONTENT || response.status() == NOT_MODIFIED) {
            exchange.sendResponseHeaders(response.status(), NO_BODY);
        } else {
            exchange.sendResponseHeaders(response.status(), length);
            write(exchange.getResponseBody(), response.body());
        }
    }

    private static void write(OutputStream stream, ByteBuffer body) throws IOException {
        try (WritableByteChannel channel = Channels.newChannel(stream)) {
            while (body.hasRemaining()) {
                channel.write(body);
            }
        }
    }
}
