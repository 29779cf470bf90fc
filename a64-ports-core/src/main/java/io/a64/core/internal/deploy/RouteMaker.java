package io.a64.core.internal.deploy;

import io.a64.container.spi.ContainerRuntime;
import io.a64.proxy.Route;
import io.a64.proxy.Upstream;
import java.util.List;
import java.util.Optional;

/** Puts a module's wish for a route and its ports together. */
record RouteMaker(ContainerRuntime runtime) {

    Optional<Route> route(Attempt attempt) {
        return attempt.spec()
                .route()
                .map(wish -> new Route(
                        attempt.module(),
                        attempt.generation(),
                        wish.match(),
                        List.of(upstream(attempt)),
                        wish.options()));
    }

    /** Returns where the module's routed port is reached. */
    Upstream upstream(Attempt attempt) {
        int internal = attempt.spec().routedPort();
        Optional<String> own = attempt.containerAddress();
        if (own.isPresent()) {
            return new Upstream(own.get(), internal);
        }
        Integer external = attempt.requiredAllocation().ports().get(internal);
        if (external == null) {
            throw new IllegalStateException("the allocator granted no port for " + internal);
        }
        return new Upstream(runtime.publishAddress(), external);
    }
}
