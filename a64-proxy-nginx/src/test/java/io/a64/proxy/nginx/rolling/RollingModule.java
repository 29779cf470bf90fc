package io.a64.proxy.nginx.rolling;

import io.a64.proxy.Upstream;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * One generation of the module under load. It says its number in every answer, takes a second for what is below {@code
 * /slow}, reads bodies, and sends back the bytes of WebSockets.
 */
public final class RollingModule implements Closeable {

    private final ServerSocket server = new ServerSocket(0, 500, InetAddress.getLoopbackAddress());
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final int generation;

    /** Starts it on a free port. */
    public RollingModule(int generation) throws IOException {
        this.generation = generation;
        threads.execute(this::acceptAll);
    }

    /** Returns its number. */
    public int generation() {
        return generation;
    }

    /** Returns where it is. */
    public Upstream upstream() {
        return new Upstream("127.0.0.1", server.getLocalPort());
    }

    private void acceptAll() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                sockets.add(socket);
                threads.execute(() -> serve(socket));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(socket.getInputStream());
            for (String head = Wire.head(in); !head.isEmpty(); head = Wire.head(in)) {
                answer(head, in, socket.getOutputStream());
            }
        } catch (IOException e) {
            return; // NGINX has gone, or this module
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            sockets.remove(socket);
        }
    }

    private void answer(String head, InputStream in, OutputStream out) throws IOException, InterruptedException {
        if (head.toLowerCase(Locale.ROOT).contains("upgrade: websocket")) {
            Wire.send(out, "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n");
            in.transferTo(out);
            return;
        }
        if (head.startsWith("GET /slow")) {
            TimeUnit.SECONDS.sleep(1);
        }
        long read = in.readNBytes(Wire.contentLength(head)).length;
        String body = generation + " " + read;
        Wire.send(out, "HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
    }

    /** Ends the program as an orchestrator does that waits no longer: everything open is cut. */
    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : sockets) {
            socket.close();
        }
        threads.shutdownNow();
    }
}
