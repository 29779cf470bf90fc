package io.a64.proxy.nginx;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpServer;
import io.a64.Deadline;
import io.a64.probe.HttpProbe;
import io.a64.proxy.Route;
import io.a64.proxy.RouteException;
import io.a64.proxy.RouteOptions;
import io.a64.proxy.Upstream;
import io.a64.test.services.NginxProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** An NGINX of the test's own, a writer for it, and a module that answers 200 to everything. */
abstract class NginxFixture {

    @TempDir
    Path prefix;

    NginxUnderTest nginx;
    NginxRouteWriter writer;
    HttpServer module;

    @BeforeEach
    final void startAll() throws IOException {
        nginx = NginxUnderTest.start(prefix);
        writer = NginxRouteWriter.using(nginx.settings());
        module = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        module.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        module.start();
    }

    @AfterEach
    final void stopAll() {
        module.stop(0);
        nginx.close();
    }

    final Route route(String name) {
        return route(name, 1);
    }

    final Route route(String name, int generation) {
        Upstream upstream = new Upstream("127.0.0.1", module.getAddress().getPort());
        return Route.onPath(name, generation, "/" + name + "/", List.of(upstream), RouteOptions.defaults());
    }

    static Deadline soon() {
        return Deadline.after(Duration.ofSeconds(30));
    }

    final int status(String path) throws IOException {
        URI uri = URI.create("http://127.0.0.1:" + nginx.port() + path);
        return HttpProbe.get(uri, soon(), Duration.ofSeconds(5)).status();
    }

    static RouteException failure(ThrowingCallable call) {
        return catchThrowableOfType(RouteException.class, call);
    }

    /** Edits the operator's main configuration; NGINX is not told. */
    final void edit(UnaryOperator<String> change) {
        Path main = nginx.settings().mainConfiguration();
        try {
            Files.writeString(main, change.apply(Files.readString(main)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    final Path configuration() {
        return nginx.settings().configDirectory();
    }

    /** Starts NGINX again, as a system does after a crash or a reboot. */
    final void restartNginx() {
        nginx.close();
        nginx = new NginxUnderTest(
                nginx.settings(),
                NginxProcess.start(prefix, nginx.settings().mainConfiguration(), nginx.port()),
                nginx.port());
    }

    /** Makes all calls from as many threads and returns what became of each, in their order. */
    static List<Optional<RouteException>> allAtOnce(int threads, List<ThrowingCallable> calls) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<Optional<RouteException>>> futures = new ArrayList<>();
            for (ThrowingCallable call : calls) {
                futures.add(pool.submit(() -> Optional.ofNullable(failure(call))));
            }
            List<Optional<RouteException>> outcomes = new ArrayList<>();
            for (Future<Optional<RouteException>> future : futures) {
                outcomes.add(future.get());
            }
            return outcomes;
        } finally {
            pool.shutdownNow();
        }
    }
}
