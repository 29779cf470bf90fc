package io.a64.proxy.nginx.hostile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.a64.Deadline;
import io.a64.InvalidInputException;
import io.a64.proxy.HostMatch;
import io.a64.proxy.PathMatch;
import io.a64.proxy.Route;
import io.a64.proxy.RouteMatch;
import io.a64.proxy.RouteOptions;
import io.a64.proxy.Upstream;
import io.a64.proxy.nginx.NginxRouteWriter;
import io.a64.proxy.nginx.NginxSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A target that leads NGINX back to itself would go round until its connections are used up. */
final class HostileTargetsTest {

    @TempDir
    private Path directory;

    static Stream<Arguments> circles() {
        return Stream.of(
                Arguments.of(new PathMatch("/shop/"), new Upstream("127.0.0.1", 8081)),
                Arguments.of(new PathMatch("/shop/"), new Upstream("127.8.8.8", 8081)),
                Arguments.of(new PathMatch("/shop/"), new Upstream("::1", 8081)),
                Arguments.of(HostMatch.of("shop.localhost", 14000), new Upstream("127.0.0.1", 14000)),
                Arguments.of(HostMatch.of("shop.localhost", 14000), new Upstream("127.0.0.1", 8081)));
    }

    @ParameterizedTest(name = "trap 22: {0} is not sent to {1}, where NGINX itself listens")
    @MethodSource("circles")
    void no_route_leads_back_to_nginx(RouteMatch match, Upstream upstream) {
        Route route = new Route("shop", 1, match, List.of(upstream), RouteOptions.defaults());
        try (NginxRouteWriter writer =
                NginxRouteWriter.using(NginxSettings.of(directory).withListen("127.0.0.1:8081"))) {
            assertThatExceptionOfType(InvalidInputException.class)
                    .isThrownBy(() -> writer.publish(route, Deadline.after(Duration.ofSeconds(5))))
                    .satisfies(refusal -> assertThat(refusal.field()).isEqualTo("upstream.port"));
        }
        assertThat(directory).isEmptyDirectory();
    }
}
