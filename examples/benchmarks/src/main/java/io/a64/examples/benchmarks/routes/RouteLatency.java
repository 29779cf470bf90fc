package io.a64.examples.benchmarks.routes;

import com.sun.net.httpserver.HttpServer;
import io.a64.Deadline;
import io.a64.examples.benchmarks.report.Samples;
import io.a64.examples.benchmarks.report.Table;
import io.a64.proxy.Route;
import io.a64.proxy.RouteOptions;
import io.a64.proxy.Upstream;
import io.a64.proxy.nginx.NginxMainConfiguration;
import io.a64.proxy.nginx.NginxRouteWriter;
import io.a64.proxy.nginx.NginxSettings;
import io.a64.test.services.FreePort;
import io.a64.test.services.NginxProcess;
import io.a64.test.services.Service;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * How long a lone change takes from {@code publish} until it is proven, against a bare reload until the last old worker
 * does not accept any more. Both are taken in turn, with pauses, so that no change has to wait for its time.
 */
public final class RouteLatency implements AutoCloseable {

    private static final int WARM_UP = 10;
    private static final int CROWD = 50;
    private static final Duration PAUSE = Duration.ofMillis(1100);
    private static final Duration LIMIT = Duration.ofMinutes(10);

    private final NginxProcess nginx;
    private final HttpServer module;
    private final NginxRouteWriter writer;

    private RouteLatency() throws IOException {
        Path folder = Files.createTempDirectory(
                "a64-routes", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        int port = FreePort.find();
        NginxSettings settings = NginxSettings.of(folder.resolve("conf.d"))
                .withBinary(Service.nginxBinary().toString())
                .withMainConfiguration(folder.resolve("nginx.conf"))
                .withPrefix(folder)
                .withListen("127.0.0.1:" + port);
        Files.writeString(
                settings.mainConfiguration(),
                NginxMainConfiguration.of(settings).text());
        nginx = NginxProcess.start(folder, settings.mainConfiguration(), port);
        module = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), CROWD);
        module.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        module.start();
        writer = NginxRouteWriter.using(settings);
    }

    /** Takes the number of modules, 10 if it is not given, and the number of pairs, 30 if it is not given. */
    public static void main(String[] arguments) throws Exception {
        int modules = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 10;
        int pairs = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 30;
        try (RouteLatency latency = new RouteLatency()) {
            latency.fill(modules);
            System.out.println(latency.measure(modules, pairs));
        }
    }

    private Route route(int number, int generation) {
        Upstream upstream = new Upstream("127.0.0.1", module.getAddress().getPort());
        String name = "module-" + number;
        return Route.onPath(name, generation, "/" + name + "/", List.of(upstream), RouteOptions.defaults());
    }

    private void fill(int modules) {
        ExecutorService threads = Executors.newFixedThreadPool(Math.min(modules, CROWD));
        try {
            List<CompletableFuture<Void>> all = new ArrayList<>();
            for (int i = 0; i < modules; i++) {
                Route route = route(i, 1);
                all.add(CompletableFuture.runAsync(() -> writer.publish(route, Deadline.after(LIMIT)), threads));
            }
            all.forEach(CompletableFuture::join);
        } finally {
            threads.shutdown();
        }
    }

    private Table measure(int modules, int pairs) throws IOException, InterruptedException {
        BareReload bare = new BareReload(nginx.pid());
        List<Double> floor = new ArrayList<>();
        List<Double> ours = new ArrayList<>();
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < WARM_UP + pairs; i++) {
            Deadline.after(PAUSE).pause(PAUSE);
            double bareMillis = bare.run().toNanos() / 1e6;
            Deadline.after(PAUSE).pause(PAUSE);
            double ourMillis = publishAndProve(route(0, i + 2)).toNanos() / 1e6;
            if (i >= WARM_UP) {
                floor.add(bareMillis);
                ours.add(ourMillis);
                ratios.add(ourMillis / bareMillis);
            }
        }
        Table table = new Table("One change among " + modules + " modules", pairs + " pairs", "median (min–max)");
        table.row("bare reload, ms", Samples.of(floor).withSpread("%.0f"));
        table.row("publish to proven, ms", Samples.of(ours).withSpread("%.0f"));
        table.row("pair by pair", Samples.of(ratios).withSpread("%.2f"));
        table.row(
                "median / median",
                String.format(
                        Locale.ROOT,
                        "%.2f",
                        Samples.of(ours).median() / Samples.of(floor).median()));
        return table;
    }

    private Duration publishAndProve(Route route) {
        long start = System.nanoTime();
        writer.publish(route, Deadline.after(LIMIT));
        writer.prove(route, Deadline.after(LIMIT));
        return Duration.ofNanos(System.nanoTime() - start);
    }

    @Override
    public void close() {
        writer.close();
        module.stop(0);
        nginx.close();
    }
}
