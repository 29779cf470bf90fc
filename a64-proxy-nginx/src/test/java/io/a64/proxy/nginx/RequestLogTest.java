package io.a64.proxy.nginx;

import static org.assertj.core.api.Assertions.assertThat;

import io.a64.proxy.HostMatch;
import io.a64.proxy.Route;
import io.a64.proxy.RouteOptions;
import io.a64.test.services.FreePort;
import io.a64.test.services.RequiresService;
import io.a64.test.services.Service;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The log by which requests can be counted per module. */
@RequiresService(Service.NGINX)
final class RequestLogTest extends TrafficFixture {

    private Path log() {
        return prefix.resolve("a64-access.log");
    }

    private static NginxTraffic shape(int threshold) {
        return new NginxTraffic(List.of(), "auto", threshold);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1000})
    void eachRequestIsALineOfJsonWithModuleAndGenerationInBothShapes(int threshold) throws Exception {
        Route route = route("app", RouteOptions.defaults());
        writer(shape(threshold))
                .publish(new Route("app", 3, route.match(), route.upstreams(), route.options()), soon());

        get("/app/x?q=1");

        assertThat(line("/app/x"))
                .contains("\"module\":\"app\",\"generation\":3,")
                .contains("\"status\":200,\"bytes\":")
                .contains("\"uri\":\"/app/x?q=1\"")
                .containsPattern("\"upstream_seconds\":\"[0-9.]+\"");
    }

    /** NGINX writes at most a second later. */
    private String line(String about) {
        Callable<List<String>> lines = () -> Files.readAllLines(log()).stream()
                .filter(line -> line.contains(about))
                .toList();
        return Awaitility.await("the line about " + about)
                .atMost(Duration.ofSeconds(10))
                .until(lines, found -> !found.isEmpty())
                .get(0);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1000})
    void healthAndOurOwnQuestionsAreNotLogged(int threshold) throws Exception {
        writer(shape(threshold)).publish(route("app", RouteOptions.defaults()), soon());

        get("/app/health");
        get("/__a64/generation");
        get("/app/after");

        line("/app/after");
        assertThat(log()).content().doesNotContain("/app/health", "/__a64/");
    }

    @Test
    void requestsOfHostsAreLoggedWithTheirModule() throws Exception {
        int port = FreePort.find();
        Route app = route("app", RouteOptions.defaults());
        HostMatch match = HostMatch.of("t.example", port);
        writer(shape(1000)).publish(new Route("web", 2, match, app.upstreams(), app.options()), soon());

        getFrom("127.0.0.1", port, "/seen");

        assertThat(line("/seen")).contains("\"module\":\"web\",\"generation\":2,");
    }

    @Test
    void withoutOurLogTheOperatorsOwnIsWritten() throws IOException {
        writer(new NginxTraffic(List.of(), "off", 1000)).publish(route("app", RouteOptions.defaults()), soon());

        get("/app/seen");

        assertThat(log()).doesNotExist();
        assertThat(prefix.resolve("access.log")).content().contains("/app/seen");
    }
}
