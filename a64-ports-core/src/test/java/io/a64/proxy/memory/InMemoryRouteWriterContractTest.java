package io.a64.proxy.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.a64.Deadline;
import io.a64.proxy.Route;
import io.a64.proxy.RouteOptions;
import io.a64.proxy.Upstream;
import io.a64.proxy.spi.RouteWriter;
import io.a64.proxy.testkit.RouteWriterContract;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class InMemoryRouteWriterContractTest extends RouteWriterContract {

    private final InMemoryRouteWriter.Table table = new InMemoryRouteWriter.Table();

    @Override
    protected RouteWriter open() {
        return new InMemoryRouteWriter(table);
    }

    @Test
    void itTellsWhereARequestWouldGo() {
        InMemoryRouteWriter writer = new InMemoryRouteWriter(table);
        Upstream upstream = new Upstream("127.0.0.1", 9000);
        writer.publish(
                Route.onPath("shop", 1, "/shop/", List.of(upstream), RouteOptions.defaults()),
                Deadline.after(Duration.ofSeconds(1)));

        assertThat(writer.target("/shop/a/b")).contains(new InMemoryRouteWriter.Target("shop", upstream, "/a/b"));
        assertThat(writer.target("/shopping/")).isEmpty();
    }
}
