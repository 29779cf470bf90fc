package io.a64.examples.router.internal.request;

import io.a64.proxy.Route;
import io.a64.proxy.Upstream;

/** A route that a request has taken; counted as under way until {@link #end}. Safe for use by several threads. */
public interface Entered {

    /** Returns the route. */
    Route route();

    /** Notes the upstream that has accepted: from now on no other one can be reached. */
    void reached(Upstream upstream);

    /** Notes that the request can reach nothing any more. */
    void end();
}
