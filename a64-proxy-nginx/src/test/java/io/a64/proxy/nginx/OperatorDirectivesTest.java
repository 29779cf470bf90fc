package io.a64.proxy.nginx;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.a64.probe.HttpProbe;
import io.a64.proxy.Route;
import io.a64.proxy.RouteAccess;
import io.a64.proxy.RouteOptions;
import io.a64.proxy.Upstream;
import io.a64.test.services.RequiresService;
import io.a64.test.services.Service;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an operator says for his whole server reaches our locations too; it must not open or mix up modules. */
@RequiresService(Service.NGINX)
final class OperatorDirectivesTest extends NginxFixture {

    private final AtomicInteger secrets = new AtomicInteger();

    private void operatorSays(String http, String server) {
        edit(text -> text.replace("    server {\n", http + "    server {\n" + server));
    }

    private void useShapeOf(int threshold) {
        writer = NginxRouteWriter.using(nginx.settings().withTraffic(new NginxTraffic(List.of(), "off", threshold)));
    }

    private void publishVaultBehind(Upstream login) {
        module.createContext("/secret", exchange -> {
            secrets.incrementAndGet();
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        writer.publish(Route.onPath("login", 1, "/login/", List.of(login), RouteOptions.defaults()), soon());
        RouteAccess guarded = new RouteAccess(Optional.of("/login/check"), Optional.empty(), List.of());
        writer.publish(
                Route.onPath(
                        "vault",
                        1,
                        "/vault/",
                        route("vault").upstreams(),
                        RouteOptions.builder().access(guarded).build()),
                soon());
    }

    private Upstream address() {
        return new Upstream("127.0.0.1", module.getAddress().getPort());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1000})
    void aPageForErrorsLetsNobodyInWhileTheAuthorizingModuleIsDown(int threshold) throws IOException {
        operatorSays(
                "",
                "error_page 500 502 504 =200 @maintenance;\nlocation @maintenance {\n    return 200 maintenance;\n}\n");
        useShapeOf(threshold);
        publishVaultBehind(new Upstream("127.0.0.1", 1));

        status("/vault/secret");

        assertThat(secrets).hasValue(0);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1000})
    void anAddressThatTheOperatorAllowsDoesNotReplaceAuthorization(int threshold) throws IOException {
        operatorSays("", "satisfy any;\nallow 127.0.0.1;\ndeny all;\n");
        useShapeOf(threshold);
        module.createContext("/check", exchange -> {
            exchange.sendResponseHeaders(401, -1);
            exchange.close();
        });
        publishVaultBehind(address());

        assertThat(status("/vault/secret")).isEqualTo(401);
        assertThat(secrets).hasValue(0);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1000})
    void aCacheKeepsModulesApart(int threshold) throws IOException {
        operatorSays(
                "    proxy_cache_path cache keys_zone=operator:1m;\n",
                "proxy_cache operator;\nproxy_cache_valid 200 1m;\n");
        useShapeOf(threshold);
        HttpServer other = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        try {
            naming(module, "one");
            naming(other, "two");
            other.start();
            Upstream second = new Upstream("127.0.0.1", other.getAddress().getPort());
            writer.publish(route("one"), soon());
            writer.publish(Route.onPath("two", 1, "/two/", List.of(second), RouteOptions.defaults()), soon());

            assertThat(body("/one/who")).isEqualTo("one");
            assertThat(body("/two/who")).isEqualTo("two");
        } finally {
            other.stop(0);
        }
    }

    @Test
    void aQuestionOfTheOperatorsToAModuleSendsNobodyElsesRequestThere() throws IOException {
        operatorSays("", "auth_request /login/check;\n");
        useShapeOf(0);
        AtomicInteger strays = new AtomicInteger();
        HttpServer login = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        try {
            login.createContext("/", exchange -> {
                if (exchange.getRequestURI().getPath().equals("/stray")) {
                    strays.incrementAndGet();
                }
                exchange.sendResponseHeaders(200, -1);
                exchange.close();
            });
            login.start();
            Upstream asked = new Upstream("127.0.0.1", login.getAddress().getPort());
            writer.publish(Route.onPath("login", 1, "/login/", List.of(asked), RouteOptions.defaults()), soon());
            writer.publish(route("shop"), soon());

            status("/shop/stray");

            assertThat(strays).hasValue(0);
        } finally {
            login.stop(0);
        }
    }

    private static void naming(HttpServer server, String name) {
        server.createContext("/who", exchange -> {
            byte[] text = name.getBytes(StandardCharsets.US_ASCII);
            exchange.sendResponseHeaders(200, text.length);
            exchange.getResponseBody().write(text);
            exchange.close();
        });
    }

    private String body(String path) throws IOException {
        URI uri = URI.create("http://127.0.0.1:" + nginx.port() + path);
        return HttpProbe.get(uri, soon(), Duration.ofSeconds(5)).body();
    }
}
