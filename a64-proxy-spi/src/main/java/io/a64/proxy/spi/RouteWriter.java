package io.a64.proxy.spi;

import io.a64.Deadline;
import io.a64.proxy.Route;
import io.a64.proxy.RouteException;
import io.a64.proxy.RouteMatch;
import io.a64.spi.Component;
import java.net.URI;
import java.util.List;

/**
 * Makes a proxy send requests to modules. The proxy's own configuration is the only record of its routes.
 *
 * <p>Implementations are safe for use by several threads, and by several processes if the proxy is shared. Routes
 * of other modules are served throughout every call, whatever its outcome.
 */
public interface RouteWriter extends Component {

    /**
     * Publishes a route, in place of the module's former one if there is one, and returns when the proxy serves it
     * to every new request. Publishing what is served already changes nothing.
     *
     * @throws RouteException of kind {@code CONFLICT} if another module holds the path or host, or if no module serves
     *     the path that is to be asked for authorization; {@code UNAVAILABLE} if the proxy is down or refuses, {@code DEADLINE_EXCEEDED} if the deadline passes first. The former state is in
     *     force again then.
     */
    void publish(Route route, Deadline deadline);

    /**
     * Asks the proxy's own listener through the route and returns if the module behind it answered: a path route for its
     * exact health path, a host route for its prefix. Where the proxy refuses the question because access is limited,
     * that is enough.
     *
     * @throws RouteException if the proxy does not answer, does not know the route, or cannot reach the module
     */
    void prove(Route route, Deadline deadline);

    /**
     * Takes a module's route out and returns when no new request can reach it. A module without route is no error.
     *
     * @return whether there was a route
     * @throws RouteException as in {@link #publish}
     */
    boolean remove(String module, Deadline deadline);

    /**
     * Returns the routes in force, sorted by module.
     *
     * @throws RouteException of kind {@code UNAVAILABLE} if they cannot be read
     */
    List<Route> routes(Deadline deadline);

    /**
     * Waits until no request can reach the upstreams any more that a module's former routes led to: after {@link
     * #publish} and {@link #remove} no <em>new</em> one can, but requests and WebSockets that were under way go on.
     *
     * @return whether that is so; false if the deadline passed first
     * @throws RouteException of kind {@code UNAVAILABLE} if it cannot be known, {@code INTERRUPTED} if the thread was
     */
    default boolean awaitDrained(String module, Deadline deadline) {
        return true;
    }

    /** Returns what stands before the path of a path route when the proxy is asked from this machine, without a final slash. */
    URI baseUri();

    /** Returns what a client on this machine asks for to reach a route. */
    default URI uri(RouteMatch match) {
        return match.uri(baseUri());
    }
}
