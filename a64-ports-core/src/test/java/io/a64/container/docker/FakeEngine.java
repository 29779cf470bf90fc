package io.a64.container.docker;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** Something on a unix socket that answers like an engine, or does not. */
final class FakeEngine implements AutoCloseable {

    /** Sent as it is; the connection stays open. */
    record Reply(String raw) {

        static final Reply SILENCE = new Reply("");

        static Reply json(int status, String body) {
            return new Reply("HTTP/1.1 " + status + " X\r\nContent-Type: application/json\r\nContent-Length: "
                    + body.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n" + body);
        }

        /** Half of what it promises. */
        static Reply half() {
            return new Reply(
                    "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n[{\"Id\":");
        }
    }

    private final Path socket;
    private final ServerSocketChannel server;
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<SocketChannel> connections = new CopyOnWriteArrayList<>();
    private volatile Function<String, Reply> behaviour;

    FakeEngine(Path folder, Function<String, Reply> behaviour) throws IOException {
        this.socket = folder.resolve("fake.sock");
        this.behaviour = behaviour;
        this.server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket));
        daemon("fake-engine-accept", this::accept);
    }

    /** Answers the question for the version, and everything else by the given behaviour. */
    static Function<String, Reply> speaking(String oldest, String newest, Function<String, Reply> others) {
        return request -> request.endsWith("/version")
                ? Reply.json(
                        200,
                        "{\"Version\":\"fake\",\"ApiVersion\":\"" + newest + "\",\"MinAPIVersion\":\"" + oldest + "\"}")
                : others.apply(request);
    }

    String host() {
        return "unix://" + socket;
    }

    void behave(Function<String, Reply> other) {
        behaviour = other;
    }

    /** Returns the requests so far, such as {@code GET /v1.41/containers/x/json}. */
    List<String> requests() {
        return List.copyOf(requests);
    }

    /** Closes what is open, as a restart does. */
    void dropConnections() throws IOException {
        for (SocketChannel connection : connections) {
            connection.close();
        }
    }

    private void accept() {
        try {
            while (server.isOpen()) {
                SocketChannel connection = server.accept();
                connections.add(connection);
                daemon("fake-engine", () -> serve(connection));
            }
        } catch (IOException e) {
            return; // closed
        }
    }

    private void serve(SocketChannel connection) {
        try (BufferedReader reader = new BufferedReader(
                new InputStreamReader(Channels.newInputStream(connection), StandardCharsets.ISO_8859_1))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                readRest(reader);
                String request = line.replaceFirst(" HTTP/1.1$", "");
                requests.add(request);
                connection.write(ByteBuffer.wrap(behaviour.apply(request).raw().getBytes(StandardCharsets.UTF_8)));
            }
        } catch (IOException | UncheckedIOException e) {
            return; // the client went away
        }
    }

    private static void readRest(BufferedReader reader) throws IOException {
        int length = 0;
        boolean chunked = false;
        for (String line = reader.readLine(); line != null && !line.isEmpty(); line = reader.readLine()) {
            String header = line.toLowerCase(Locale.ROOT);
            if (header.startsWith("content-length:")) {
                length = Integer.parseInt(
                        header.substring("content-length:".length()).trim());
            }
            chunked |= header.equals("transfer-encoding: chunked");
        }
        reader.skip(length);
        if (chunked) {
            for (String size = reader.readLine(); size != null && !size.equals("0"); size = reader.readLine()) {
                reader.skip(Integer.parseInt(size, 16) + 2);
            }
            reader.readLine();
        }
    }

    private static void daemon(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        server.close();
        dropConnections();
    }
}
