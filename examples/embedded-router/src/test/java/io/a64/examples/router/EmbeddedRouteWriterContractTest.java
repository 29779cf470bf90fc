package io.a64.examples.router;

import io.a64.proxy.spi.RouteWriter;
import io.a64.proxy.testkit.RoutedTrafficContract;

final class EmbeddedRouteWriterContractTest extends RoutedTrafficContract {

    private final EmbeddedRouter router = EmbeddedRouter.listening(0);

    @Override
    protected RouteWriter open() {
        return router;
    }
}
