package io.a64.examples.router.internal.routing;

import io.a64.examples.router.internal.request.Entered;
import io.a64.examples.router.internal.request.OwnAnswer;
import io.a64.examples.router.internal.request.RequestTarget;
import io.a64.examples.router.internal.request.StandingHeaders;
import io.a64.examples.router.internal.request.Visit;
import io.a64.proxy.Route;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderValues;
import io.undertow.util.Headers;
import io.undertow.util.StatusCodes;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/** Finds the route of a request and lets it in, or answers itself. Runs on I/O threads, never blocks. */
public final class RoutingHandler implements HttpHandler {

    private static final Pattern CLOSE = Pattern.compile("(?i)(?:^|,)[ \\t]*close[ \\t]*(?:,|$)");

    private final OptionalInt publicPort;
    private final LiveRoutes routes;
    private final HttpHandler next;

    private RoutingHandler(OptionalInt publicPort, LiveRoutes routes, HttpHandler next) {
        this.publicPort = publicPort;
        this.routes = routes;
        this.next = next;
    }

    /** Returns the handler of the listener of path routes. */
    public static HttpHandler ofPaths(LiveRoutes routes, HttpHandler next) {
        return new RoutingHandler(OptionalInt.empty(), routes, next);
    }

    /** Returns the handler of the listener of a public port. */
    public static HttpHandler ofHosts(int publicPort, LiveRoutes routes, HttpHandler next) {
        return new RoutingHandler(OptionalInt.of(publicPort), routes, next);
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) throws Exception {
        exchange.addResponseCommitListener(StandingHeaders::secure);
        if (isLast(exchange)) {
            exchange.addResponseCommitListener(RoutingHandler::closeAfterwards);
        }
        Optional<RequestTarget> target = RequestTarget.of(exchange);
        if (target.isEmpty()) {
            OwnAnswer.send(exchange, StatusCodes.BAD_REQUEST);
            return;
        }
        String path = target.get().path().decoded();
        if (path.equals("/health")) {
            OwnAnswer.send(exchange, StatusCodes.OK);
            return;
        }
        RouteTable table = routes.table();
        if (publicPort.isEmpty() && table.paths().lacksSlash(path)) {
            redirect(exchange, path);
            return;
        }
        Optional<Entered> entered = routes.enter(now -> find(now, target.get()));
        if (entered.isPresent()) {
            visit(exchange, target.get(), entered.get());
        } else {
            boolean known = candidates(table, target.get()).isPresent();
            OwnAnswer.send(exchange, known ? StatusCodes.NOT_FOUND : OwnAnswer.MISDIRECTED);
        }
    }

    /** Returns whether the client asks for the connection to be closed among other things; Undertow hears it alone only. */
    private static boolean isLast(HttpServerExchange exchange) {
        HeaderValues options = exchange.getRequestHeaders().get(Headers.CONNECTION);
        return options != null
                && options.stream().anyMatch(line -> CLOSE.matcher(line).find());
    }

    private static void closeAfterwards(HttpServerExchange exchange) {
        if (!exchange.isUpgrade()) {
            exchange.setPersistent(false);
        }
    }

    private Optional<Route> find(RouteTable table, RequestTarget target) {
        return candidates(table, target)
                .flatMap(prefixes -> prefixes.covering(target.path().decoded()));
    }

    /** Returns the routes that a request of this listener can take; empty if its host is not known here. */
    private Optional<Prefixes> candidates(RouteTable table, RequestTarget target) {
        return publicPort.isEmpty() ? Optional.of(table.paths()) : table.host(publicPort.getAsInt(), target.host());
    }

    private static void redirect(HttpServerExchange exchange, String path) {
        String query = exchange.getQueryString();
        exchange.getResponseHeaders().put(Headers.LOCATION, path + "/" + (query.isEmpty() ? "" : "?" + query));
        OwnAnswer.send(exchange, StatusCodes.PERMANENT_REDIRECT);
    }

    private void visit(HttpServerExchange exchange, RequestTarget target, Entered entered) throws Exception {
        Route route = entered.route();
        exchange.addResponseCommitListener(committing -> StandingHeaders.ofRoute(committing, route));
        Optional<String> seen = target.path().seenBy(route);
        if (seen.isEmpty()) {
            entered.end();
            OwnAnswer.send(exchange, StatusCodes.BAD_REQUEST);
            return;
        }
        Visit.begin(exchange, entered, target.path(), seen.get());
        next.handleRequest(exchange);
    }
}
