package io.a64.container.memory;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;

/** An external port of a running container: a listening socket that is refused the moment it is closed. */
final class PublishedPort implements AutoCloseable {

    private final HttpServer server;

    private PublishedPort(HttpServer server) {
        this.server = server;
    }

    /**
     * Listens from now on.
     *
     * @param workers serve the requests; the caller's
     * @throws java.net.BindException if something else listens there
     */
    static PublishedPort open(InetAddress address, int port, HttpHandler handler, ExecutorService workers)
            throws IOException, InterruptedException {
        HttpServer server = HttpServer.create(new InetSocketAddress(address, port), 0);
        server.createContext("/", handler);
        server.setExecutor(workers);
        startAsDaemon(server, port);
        return new PublishedPort(server);
    }

    /** The server's own thread takes after the thread that starts it, and must not keep a host application alive. */
    private static void startAsDaemon(HttpServer server, int port) throws InterruptedException {
        Thread starter = new Thread(server::start, "a64-memory-start-" + port);
        starter.setDaemon(true);
        starter.start();
        try {
            starter.join();
        } catch (InterruptedException e) {
            server.stop(0);
            throw e;
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
