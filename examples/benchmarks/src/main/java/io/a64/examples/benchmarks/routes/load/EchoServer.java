package io.a64.examples.benchmarks.routes.load;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A module that accepts WebSockets and sends back every byte that comes. */
public final class EchoServer implements AutoCloseable {

    private static final int HEAD_END = 0x0d0a0d0a;
    private static final String ACCEPTED =
            "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n";

    private final ServerSocket listener;

    private EchoServer(ServerSocket listener) {
        this.listener = listener;
    }

    /** Starts it on a free port of 127.0.0.1. */
    public static EchoServer start() throws IOException {
        EchoServer server = new EchoServer(new ServerSocket(0, 512, InetAddress.getLoopbackAddress()));
        daemon("echo", server::accept);
        return server;
    }

    private static void daemon(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                daemon("echo-connection", () -> serve(socket));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private static void serve(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(socket.getInputStream());
            OutputStream out = socket.getOutputStream();
            readHead(in);
            out.write(ACCEPTED.getBytes(StandardCharsets.US_ASCII));
            byte[] buffer = new byte[4096];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                out.write(buffer, 0, count);
            }
        } catch (IOException e) {
            return; // the other side has gone
        }
    }

    /** Reads up to and including the empty line. */
    static void readHead(InputStream in) throws IOException {
        int last = 0;
        while (last != HEAD_END) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("the head has no end");
            }
            last = last << 8 | next;
        }
    }

    /** Returns its port. */
    public int port() {
        return listener.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
