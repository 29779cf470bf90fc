package io.a64.examples.benchmarks.routes.load;

import io.a64.examples.benchmarks.routes.front.Target;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Messages over WebSockets: each connection sends one and waits until it has come back. */
public final class WebSockets implements Load {

    private static final int CONNECTIONS = 16;
    private static final int LIMIT_MILLIS = 30_000;
    /** A masked text frame (RFC 6455, 5.2) of 64 characters; the mask is zero, so that they can be read. */
    private static final byte[] MESSAGE = message(64);

    private final Target target;

    private WebSockets(Target target) {
        this.target = target;
    }

    /** Returns a load on this target. */
    public static WebSockets on(Target target) {
        return new WebSockets(target);
    }

    private static byte[] message(int length) {
        byte[] frame = new byte[6 + length];
        Arrays.fill(frame, 6, frame.length, (byte) 'a');
        frame[0] = (byte) 0x81;
        frame[1] = (byte) (0x80 | length);
        return frame;
    }

    @Override
    public Done run(int port, Duration time) throws IOException, InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS);
        try {
            Callable<Long> conversation = () -> converse(port, time);
            List<Future<Long>> all = new ArrayList<>(threads.invokeAll(Collections.nCopies(CONNECTIONS, conversation)));
            long count = 0;
            for (Future<Long> each : all) {
                count += each.get();
            }
            return new Done(count, count * 1e9 / time.toNanos());
        } catch (ExecutionException e) {
            throw new IOException("a WebSocket has failed", e.getCause());
        } finally {
            threads.shutdown();
        }
    }

    private long converse(int port, Duration time) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(LIMIT_MILLIS);
            InputStream in = new BufferedInputStream(socket.getInputStream());
            open(socket, in);
            byte[] answer = new byte[MESSAGE.length];
            long end = System.nanoTime() + time.toNanos();
            long count = 0;
            while (System.nanoTime() - end < 0) {
                socket.getOutputStream().write(MESSAGE);
                if (in.readNBytes(answer, 0, answer.length) < answer.length || !Arrays.equals(answer, MESSAGE)) {
                    throw new IOException("another message came back");
                }
                count++;
            }
            return count;
        }
    }

    private void open(Socket socket, InputStream in) throws IOException {
        String request = "GET " + target.path() + " HTTP/1.1\r\nHost: " + target.host()
                + "\r\nUpgrade: websocket\r\nConnection: Upgrade"
                + "\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        String status = new String(in.readNBytes(12), StandardCharsets.US_ASCII);
        if (!status.equals("HTTP/1.1 101")) {
            throw new IOException("no WebSocket: " + status);
        }
        EchoServer.readHead(in);
    }
}
