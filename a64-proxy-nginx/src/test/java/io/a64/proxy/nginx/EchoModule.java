package io.a64.proxy.nginx;

import io.a64.proxy.Upstream;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A module that answers 200 at once, below {@code /slow} only when it is released, and that takes every WebSocket and
 * sends back each line it gets.
 */
final class EchoModule implements Closeable {

    private final ServerSocket server = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch slowArrived = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);

    EchoModule() throws IOException {
        threads.execute(this::acceptAll);
    }

    Upstream upstream() {
        return new Upstream("127.0.0.1", server.getLocalPort());
    }

    void awaitSlowRequest() throws InterruptedException {
        slowArrived.await();
    }

    void release() {
        released.countDown();
    }

    private void acceptAll() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                threads.execute(() -> serve(socket));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void serve(Socket socket) {
        try (socket;
                BufferedReader in =
                        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))) {
            for (String request = in.readLine(); request != null; request = in.readLine()) {
                answer(request, isUpgrade(in), in, socket.getOutputStream());
            }
        } catch (IOException | InterruptedException e) {
            threads.isShutdown(); // the other side, or the test, has ended
        }
    }

    private static boolean isUpgrade(BufferedReader in) throws IOException {
        boolean upgrade = false;
        for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
            upgrade |= line.equalsIgnoreCase("Upgrade: websocket");
        }
        return upgrade;
    }

    private void answer(String request, boolean upgrade, BufferedReader in, OutputStream out)
            throws IOException, InterruptedException {
        if (upgrade) {
            write(out, "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n");
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                write(out, "echo of " + line + "\n");
            }
            return;
        }
        if (request.contains("/slow")) {
            slowArrived.countDown();
            released.await();
        }
        write(out, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    @Override
    public void close() throws IOException {
        release();
        server.close();
        threads.shutdownNow();
    }
}
