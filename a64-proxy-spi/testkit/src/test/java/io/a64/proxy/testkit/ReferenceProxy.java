package io.a64.proxy.testkit;

import io.a64.FailureKind;
import io.a64.proxy.HostMatch;
import io.a64.proxy.PathMatch;
import io.a64.proxy.Route;
import io.a64.proxy.RouteException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/** A proxy that does what the contract says in as few lines as possible. Planted faults override one method each. */
class ReferenceProxy implements AutoCloseable {

    final ReferenceGuards guards;
    final ReferenceMessages messages;
    final ReferenceReplicas replicas;

    private final ServerSocket paths;
    private final Map<Integer, ServerSocket> hosts = new ConcurrentHashMap<>();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final ReentrantLock change = new ReentrantLock();
    private final List<Route> underWay = new CopyOnWriteArrayList<>();
    private volatile SortedMap<String, Route> routes = new TreeMap<>();
    private volatile List<Route> served = List.of();

    ReferenceProxy() {
        this(new ReferenceGuards(), new ReferenceMessages(), new ReferenceReplicas());
    }

    ReferenceProxy(ReferenceGuards guards, ReferenceMessages messages, ReferenceReplicas replicas) {
        this.guards = guards;
        this.messages = messages;
        this.replicas = replicas;
        try {
            paths = listen(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ServerSocket listen(int port) throws IOException {
        ServerSocket server = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
        threads.execute(() -> accept(server));
        return server;
    }

    private void accept(ServerSocket server) {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                open.add(client);
                threads.execute(() -> serve(client));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            new ReferenceExchange(this, client).run();
        } catch (IOException e) {
            return; // the client has gone, or the test has ended
        } finally {
            open.remove(client);
        }
    }

    final URI baseUri() {
        return URI.create("http://127.0.0.1:" + paths.getLocalPort());
    }

    /** Returns where a route is reached on this machine. */
    final URI listener(Route route) {
        return route.match() instanceof HostMatch match ? URI.create("http://127.0.0.1:" + match.port()) : baseUri();
    }

    final List<Route> routes() {
        return List.copyOf(routes.values());
    }

    /** Edits the routes by module and serves the result; an edit that throws changes nothing. */
    final void change(Consumer<SortedMap<String, Route>> edit) {
        change.lock();
        try {
            SortedMap<String, Route> next = new TreeMap<>(routes);
            edit.accept(next);
            next.values().forEach(this::open);
            routes = next;
            serve(routes());
        } finally {
            change.unlock();
        }
    }

    /** Opens the public port of a route; it is left open when its last route goes. */
    private void open(Route route) {
        if (route.match() instanceof HostMatch match && !hosts.containsKey(match.port())) {
            try {
                hosts.put(match.port(), listen(match.port()));
            } catch (IOException e) {
                refuse(route, e);
            }
        }
    }

    void refuse(Route route, IOException why) {
        throw new RouteException(FailureKind.UNAVAILABLE, route.module(), "its port is taken: " + why, List.of(), why);
    }

    void serve(List<Route> next) {
        synchronized (underWay) {
            served = next;
        }
    }

    /** Finds the route of a request and counts the request in one step, so that none slips through a drain. */
    final Optional<Route> enter(ReferenceRequest asked) {
        synchronized (underWay) {
            Optional<Route> route = choose(served, asked);
            route.ifPresent(underWay::add);
            return route;
        }
    }

    final void leave(Route route) {
        underWay.remove(route);
    }

    /** Returns whether no request is under way to what the former routes of a module led to. */
    boolean isDrained(String module) {
        return underWay.stream().noneMatch(route -> route.module().equals(module) && isFormer(route));
    }

    boolean isFormer(Route route) {
        return !routes().contains(route);
    }

    /** Closes the connections of all clients. */
    final void hangUp() {
        try {
            for (Socket client : open) {
                client.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean isPublic(ReferenceRequest asked) {
        return asked.port() != paths.getLocalPort();
    }

    boolean lacksSlash(ReferenceRequest asked) {
        return !isPublic(asked)
                && served.stream()
                        .anyMatch(route -> route.match() instanceof PathMatch match
                                && match.bare().equals(asked.path()));
    }

    boolean answersHealth(ReferenceRequest asked) {
        return isPublic(asked) && asked.path().equals("/health");
    }

    /** Thrown where a body is longer than its route allows. */
    static final class TooLong extends IOException {
        private static final long serialVersionUID = 1L;
    }

    /** Checks the length that is declared and the one that has been read so far. */
    void requireShort(HttpHead head, long read, Route route) throws TooLong {
        if (Math.max(head.length(), read) > route.options().maxBodyBytes()) {
            throw new TooLong();
        }
    }

    boolean canStream() {
        return true;
    }

    int patience(Route route) {
        return (int) route.options().readTimeout().toMillis();
    }

    void relay(Route route, InputStream from, OutputStream to) throws IOException {
        from.transferTo(to);
    }

    interface Task {
        void run() throws IOException;
    }

    final void inBackground(Task task) {
        threads.execute(() -> {
            try {
                task.run();
            } catch (IOException e) {
                return; // one of both sides has gone
            }
        });
    }

    Optional<Route> choose(List<Route> among, ReferenceRequest asked) {
        return among.stream()
                .filter(route -> isPublic(asked)
                        ? route.match() instanceof HostMatch match
                                && match.port() == asked.port()
                                && knows(match, asked)
                        : route.match() instanceof PathMatch)
                .filter(route -> matches(route, asked.path()))
                .max(Comparator.comparingInt(route -> rank(route)));
    }

    int rank(Route route) {
        return route.match().path().length();
    }

    boolean knows(HostMatch match, ReferenceRequest asked) {
        return match.host().equals(asked.host());
    }

    boolean matches(Route route, String path) {
        return path.startsWith(route.match().path());
    }

    /** Returns the route of the module that is to be asked at a path. */
    final Optional<Route> at(String path) {
        return served.stream()
                .filter(route -> route.match() instanceof PathMatch && matches(route, path))
                .max(Comparator.comparingInt(route -> route.match().path().length()));
    }

    @Override
    public void close() {
        try {
            paths.close();
            for (ServerSocket host : hosts.values()) {
                host.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        hangUp();
        threads.shutdownNow();
    }
}
