package io.a64.proxy.nginx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpServer;
import io.a64.Deadline;
import io.a64.FailureKind;
import io.a64.probe.HttpProbe;
import io.a64.proxy.Route;
import io.a64.proxy.RouteException;
import io.a64.proxy.RouteOptions;
import io.a64.proxy.Upstream;
import io.a64.test.services.RequiresService;
import io.a64.test.services.Service;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** NGINX as operators really have it: set up in their own way, with mistakes, and with writers that died midway. */
@RequiresService(Service.NGINX)
final class NginxUnderOperatorsTest {

    private static final String SERVER_BEGIN = "    server {";

    @TempDir
    private Path prefix;

    private NginxUnderTest nginx;
    private NginxRouteWriter writer;
    private HttpServer module;

    @BeforeEach
    void startModule() throws IOException {
        module = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        module.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        module.start();
    }

    @AfterEach
    void stop() {
        module.stop(0);
        nginx.close();
    }

    private void start(UnaryOperator<String> edit) {
        nginx = NginxUnderTest.start(prefix, edit);
        writer = NginxRouteWriter.using(nginx.settings());
    }

    private Route route(String name) {
        return route(name, "/" + name + "/");
    }

    private Route route(String name, String path) {
        Upstream upstream = new Upstream("127.0.0.1", module.getAddress().getPort());
        return Route.onPath(name, 1, path, List.of(upstream), RouteOptions.defaults());
    }

    private static Deadline soon() {
        return Deadline.after(Duration.ofSeconds(30));
    }

    private int status(String path) throws IOException {
        URI uri = URI.create("http://127.0.0.1:" + nginx.port() + path);
        return HttpProbe.get(uri, soon(), Duration.ofSeconds(5)).status();
    }

    private RouteException refusalOf(Route route, Deadline deadline) {
        return catchThrowableOfType(RouteException.class, () -> writer.publish(route, deadline));
    }

    /** Debian keeps each server in a file of its own, which the main file includes by a relative pattern. */
    private String serverInFileOfItsOwn(String text) {
        int begin = text.indexOf(SERVER_BEGIN);
        int end = text.lastIndexOf('}');
        try {
            Path sites = Files.createDirectories(prefix.resolve("sites-enabled"));
            Files.writeString(sites.resolve("default"), text.substring(begin, end));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return text.substring(0, begin) + "    include sites-enabled/*;\n}\n";
    }

    @Test
    void aServerInAFileOfItsOwnIsTestedWithTheStagedRoutes() throws IOException {
        start(this::serverInFileOfItsOwn);
        writer.publish(route("shop"), soon());
        writer.publish(route("blog"), soon());
        writer.remove("shop", soon());

        assertThat(status("/shop/")).isEqualTo(404);
        assertThat(status("/blog/")).isEqualTo(200);
    }

    @Test
    void theTestLeavesNothingBehindAmongTheOperatorsFiles() throws IOException {
        start(this::serverInFileOfItsOwn);
        writer.publish(route("shop"), soon());

        try (Stream<Path> files = Files.walk(prefix)) {
            assertThat(files.map(Path::toString)).noneMatch(name -> name.contains("a64-test"));
        }
    }

    @Test
    void aLocationOfTheOperatorsOwnIsFoundByTheTestBeforeAnythingChanges() throws IOException {
        start(text -> serverInFileOfItsOwn(
                text.replace("location / {", "location /taken/ { return 204; }\n        location / {")));
        writer.publish(route("shop"), soon());

        RouteException refusal = refusalOf(route("taken"), soon());

        assertThat(refusal).hasMessageContaining("duplicate location \"/taken/\"");
        assertThat(refusal.evidence())
                .anyMatch(line ->
                        line.contains(prefix.resolve("sites-enabled/default").toString()));
        assertThat(writer.reloads()).isEqualTo(1);
        assertThat(status("/taken/")).isEqualTo(204);
        assertThat(status("/shop/")).isEqualTo(200);
    }

    @Test
    void trap29_ofABatchWithOneBadChangeTheOthersAreLive() throws IOException {
        start(text -> text.replace("location / {", "location /m3/ { return 204; }\n        location / {"));
        List<CompletableFuture<Boolean>> published = IntStream.range(0, 10)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> refusalOf(route("m" + i), soon()) == null))
                .toList();

        for (int i = 0; i < 10; i++) {
            assertThat(published.get(i).join()).as("m" + i).isEqualTo(i != 3);
            assertThat(status("/m" + i + "/")).isEqualTo(i == 3 ? 204 : 200);
        }
    }

    @Test
    void aMainConfigurationThatDoesNotIncludeUsIsRefusedAtOnceAndTheLineIsNamed() {
        start(text -> text.replaceAll("include \\S+/a64/current/server\\*\\.conf;", ""));

        RouteException refusal = refusalOf(route("shop"), soon());

        assertThat(refusal).hasMessageContaining("does not include").hasMessageContaining("a64/current/server*.conf");
        assertThat(writer.routes(soon())).isEmpty();
        assertThat(writer.reloads()).isZero();
    }

    @Test
    void aPatternOfTheOperatorsOverOurDirectoryIncludesNothingTwice() throws IOException {
        start(text ->
                text.replace(SERVER_BEGIN, "    include " + prefix.resolve("conf.d") + "/*.conf;\n" + SERVER_BEGIN));
        writer.publish(route("shop"), soon());

        assertThat(status("/shop/")).isEqualTo(200);
    }

    @Test
    void aDeadlineThatPassesWhileNginxIsAskedIsTheCallersOwn() throws IOException {
        start(UnaryOperator.identity());
        writer.publish(route("shop"), soon());
        try (ServerSocket foreign = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Path main = nginx.settings().mainConfiguration();
            String taken = "listen 127.0.0.1:" + foreign.getLocalPort() + ";";
            Files.writeString(main, Files.readString(main).replace("server_name _;", taken + " server_name _;"));

            RouteException refusal = refusalOf(route("blog"), Deadline.after(Duration.ofSeconds(1)));

            assertThat(refusal.kind()).isEqualTo(FailureKind.DEADLINE_EXCEEDED);
        }
        assertThat(writer.routes(soon())).containsExactly(route("shop"));
    }

    /** Leaves disk and NGINX as a writer does that dies between the swap and the reload. */
    private void dieBeforeTheReloadTo(String generation) throws IOException {
        Path current = nginx.settings().configDirectory().resolve("a64/current");
        Files.delete(current);
        Files.createSymbolicLink(current, Path.of(generation));
    }

    @Test
    void trap31_aRouteThatIsOnDiskButNotInNginxIsNotProven() throws IOException {
        start(UnaryOperator.identity());
        writer.publish(route("shop"), soon());
        writer.publish(route("blog"), soon());
        writer.remove("blog", soon());
        dieBeforeTheReloadTo("gen-2");

        RouteException failure = catchThrowableOfType(RouteException.class, () -> writer.prove(route("blog"), soon()));

        assertThat(failure.kind()).isEqualTo(FailureKind.NOT_FOUND);
        writer.publish(route("blog"), soon());
        writer.prove(route("blog"), soon());
        assertThat(status("/blog/")).isEqualTo(200);
    }

    @Test
    void trap31_removingAgainWhatADeadWriterHadTakenFromDiskTakesItFromNginxToo() throws IOException {
        start(UnaryOperator.identity());
        writer.publish(route("shop"), soon());
        writer.publish(route("blog"), soon());
        dieBeforeTheReloadTo("gen-1");
        assertThat(status("/blog/")).isEqualTo(200);

        writer.remove("blog", soon());

        assertThat(status("/blog/")).isEqualTo(404);
        assertThat(status("/shop/")).isEqualTo(200);
    }

    @Test
    void anInterruptLeavesNginxServingWhatIsOnDisk() throws Exception {
        start(UnaryOperator.identity());
        writer.publish(route("shop"), soon());
        Thread interrupted = new Thread(() -> refusalOf(route("blog"), soon()));
        interrupted.start();
        interrupted.interrupt();
        writer.publish(route("news"), soon());
        interrupted.join();

        assertThat(status("/news/")).isEqualTo(200);
        assertThat(status("/shop/")).isEqualTo(200);
        int blog = writer.routes(soon()).contains(route("blog")) ? 200 : 404;
        assertThat(status("/blog/")).isEqualTo(blog);
    }
}
