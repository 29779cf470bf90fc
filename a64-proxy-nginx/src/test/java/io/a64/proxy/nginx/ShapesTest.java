package io.a64.proxy.nginx;

import static org.assertj.core.api.Assertions.assertThat;

import io.a64.proxy.Route;
import io.a64.proxy.RouteOptions;
import io.a64.proxy.Upstream;
import io.a64.test.services.RequiresService;
import io.a64.test.services.Service;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Few modules have a location each, many share one map; nobody but an operator may notice. */
@RequiresService(Service.NGINX)
final class ShapesTest extends TrafficFixture {

    private NginxRouteWriter writer(int threshold) {
        return writer(new NginxTraffic(List.of(), "off", threshold));
    }

    private Route plain(String name) {
        return route(name, RouteOptions.defaults());
    }

    private List<String> shown() throws IOException {
        try (Stream<Path> files = Files.list(prefix.resolve("conf.d/modules"))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void changingTheShapeUnderLoadLosesNoRequest() throws Exception {
        NginxRouteWriter writer = writer(2);
        writer.publish(plain("app"), soon());
        writer.publish(plain("blog"), soon());
        AtomicBoolean changing = new AtomicBoolean(true);
        ExecutorService clients = Executors.newFixedThreadPool(2);
        List<Future<Integer>> answered = Stream.of("/app/x", "/blog/x")
                .map(path -> clients.submit(() -> {
                    int count = 0;
                    for (; changing.get(); count++) {
                        assertThat(get(path)).startsWith("HTTP/1.1 200");
                    }
                    return count;
                }))
                .toList();

        for (int round = 0; round < 3; round++) {
            writer.publish(plain("shop"), soon());
            assertThat(get("/shop/")).startsWith("HTTP/1.1 200");
            writer.remove("shop", soon());
            assertThat(get("/shop/")).startsWith("HTTP/1.1 404");
        }
        changing.set(false);

        clients.shutdown();
        for (Future<Integer> client : answered) {
            assertThat(client.get()).isGreaterThan(10);
        }
    }

    @Test
    void anOperatorFindsEveryPathModuleInBothShapes() throws IOException {
        NginxRouteWriter writer = writer(2);
        writer.publish(plain("app"), soon());
        writer.publish(plain("blog"), soon());
        assertThat(shown()).containsExactly("app.conf", "blog.conf");

        writer.publish(plain("shop"), soon());
        assertThat(shown()).containsExactly("app.conf", "blog.conf", "shop.conf");
        assertThat(prefix.resolve("conf.d/modules/shop.conf"))
                .content()
                .contains("generation 1", ":" + module.getAddress().getPort());

        writer.remove("blog", soon());
        writer.publish(plain("news"), soon());
        assertThat(shown()).containsExactly("app.conf", "news.conf", "shop.conf");
        writer.remove("news", soon());
        assertThat(shown()).containsExactly("app.conf", "shop.conf");
    }

    @Test
    void aNoteThatWasEditedOrLostIsRightAgainAfterTheNextChange() throws IOException {
        NginxRouteWriter writer = writer(0);
        writer.publish(plain("app"), soon());
        writer.publish(plain("blog"), soon());
        Path notes = prefix.resolve("conf.d/modules");
        Files.delete(notes.resolve("app.conf"));
        Files.writeString(notes.resolve("stray.conf"), "location / { return 200; }");

        writer.publish(plain("shop"), soon());

        assertThat(shown()).containsExactly("app.conf", "blog.conf", "shop.conf");
        assertThat(get("/stray/")).startsWith("HTTP/1.1 404");
    }

    @Test
    void onlyTheNoteOfAModuleThatChangedIsWritten() throws IOException {
        NginxRouteWriter writer = writer(0);
        writer.publish(plain("app"), soon());
        writer.publish(plain("blog"), soon());
        Path note = prefix.resolve("conf.d/modules/app.conf");
        Object before = Files.getLastModifiedTime(note);

        writer.publish(
                new Route("blog", 2, plain("blog").match(), plain("blog").upstreams(), RouteOptions.defaults()),
                soon());

        assertThat(Files.getLastModifiedTime(note)).isEqualTo(before);
        assertThat(prefix.resolve("conf.d/modules/blog.conf")).content().contains("generation 2");
    }

    @Test
    void aLocationOfTheOperatorsIsServedWhereNoModuleIs() throws IOException {
        Path main = nginx.settings().mainConfiguration();
        Files.writeString(
                main,
                Files.readString(main).replace("location / {", "location /own/ { return 204; }\n        location / {"));
        writer(0).publish(plain("app"), soon());

        assertThat(get("/own/")).startsWith("HTTP/1.1 204");
        assertThat(get("/app/")).startsWith("HTTP/1.1 200");
        assertThat(get("/__a64/a64_p0/x")).startsWith("HTTP/1.1 404");
    }

    @Test
    void anErrorPageOfTheOperatorsIsShownInBothShapes() throws IOException {
        Path main = nginx.settings().mainConfiguration();
        String page = "error_page 502 /sorry.html; location = /sorry.html { return 200 sorry; }\n        location / {";
        Files.writeString(main, Files.readString(main).replace("location / {", page));
        Upstream dead = new Upstream("127.0.0.1", module.getAddress().getPort());
        module.stop(0);
        for (int threshold : new int[] {1000, 0}) {
            writer(threshold)
                    .publish(
                            Route.onPath("dead", threshold + 1, "/dead/", List.of(dead), RouteOptions.defaults()),
                            soon());

            assertThat(get("/dead/")).startsWith("HTTP/1.1 502").endsWith("sorry");
        }
    }

    @Test
    void aModuleAnswersForItselfAmongManyThatShareAGroup() throws Exception {
        NginxRouteWriter writer = writer(0);
        module.createContext("/who", exchange -> {
            byte[] name = String.valueOf(exchange.getRequestHeaders().getFirst("X-Forwarded-Prefix"))
                    .getBytes(StandardCharsets.US_ASCII);
            exchange.sendResponseHeaders(200, name.length);
            exchange.getResponseBody().write(name);
            exchange.close();
        });
        ExecutorService deployments = Executors.newFixedThreadPool(30);
        List<Future<?>> all = Stream.iterate(0, i -> i + 1)
                .limit(30)
                .<Future<?>>map(i -> deployments.submit(() -> writer.publish(plain("module-" + i), soon())))
                .toList();
        for (Future<?> one : all) {
            one.get();
        }
        deployments.shutdown();

        for (int i = 0; i < 30; i++) {
            assertThat(get("/module-" + i + "/who")).endsWith("/module-" + i);
        }
    }
}
