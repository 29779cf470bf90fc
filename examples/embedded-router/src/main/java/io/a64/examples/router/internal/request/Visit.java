package io.a64.examples.router.internal.request;

import io.a64.proxy.PathMatch;
import io.a64.proxy.Route;
import io.a64.proxy.Upstream;
import io.undertow.client.ClientConnection;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.AttachmentKey;
import java.net.InetAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * One request that has found its route, until it is answered or, if it became a WebSocket, until its connection to the
 * module is closed. Used by one thread at a time.
 */
public final class Visit {

    private static final AttachmentKey<Visit> KEY = AttachmentKey.create(Visit.class);

    private final HttpServerExchange exchange;
    private final Entered entered;
    private final RequestPath path;
    private final String target;
    private final Deque<Runnable> atEnd = new ArrayDeque<>();
    private @Nullable ClientConnection upstream;

    private Visit(HttpServerExchange exchange, Entered entered, RequestPath path, String target) {
        this.exchange = exchange;
        this.entered = entered;
        atEnd(entered::end);
        this.path = path;
        this.target = target;
    }

    /**
     * Begins the visit of a request.
     *
     * @param entered the route, which is left when the visit ends
     * @param target the path that the module will see
     */
    public static Visit begin(HttpServerExchange exchange, Entered entered, RequestPath path, String target) {
        Visit visit = new Visit(exchange, entered, path, target);
        exchange.putAttachment(KEY, visit);
        exchange.addExchangeCompleteListener((completed, next) -> {
            visit.complete();
            next.proceed();
        });
        return visit;
    }

    /** Returns the visit of a request that has begun one. */
    public static Visit of(HttpServerExchange exchange) {
        return exchange.getAttachment(KEY);
    }

    /** Returns the route that the request has found. */
    public Route route() {
        return entered.route();
    }

    /** Returns the path that the module will see. */
    public String target() {
        return target;
    }

    /** Returns the address of the client. */
    public InetAddress client() {
        return exchange.getSourceAddress().getAddress();
    }

    /** Returns whether this asks for the exact health path of a path route, which watchers may ask for without limit. */
    public boolean isForHealth() {
        return route().match() instanceof PathMatch match && path.decoded().equals(match.path() + "health");
    }

    /** Does something when the visit ends; what is added last comes first. */
    public void atEnd(Runnable action) {
        atEnd.push(action);
    }

    /** Notes the connection on which the module is asked, and to which replica it leads. */
    public void reached(Upstream replica, ClientConnection connection) {
        entered.reached(replica);
        upstream = connection;
    }

    private void complete() {
        ClientConnection tunnel = exchange.isUpgrade() ? upstream : null;
        if (tunnel == null || !tunnel.isOpen()) {
            end();
        } else {
            tunnel.addCloseListener(closed -> end());
        }
    }

    private void end() {
        while (!atEnd.isEmpty()) {
            atEnd.pop().run();
        }
    }
}
