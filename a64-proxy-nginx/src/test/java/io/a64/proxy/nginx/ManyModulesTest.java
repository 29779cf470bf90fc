package io.a64.proxy.nginx;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.a64.proxy.Route;
import io.a64.proxy.RouteOptions;
import io.a64.proxy.Upstream;
import io.a64.proxy.nginx.internal.generation.GenerationRenderer;
import io.a64.proxy.nginx.internal.generation.OperatorHttp;
import io.a64.proxy.nginx.internal.generation.RenderedGeneration;
import io.a64.proxy.nginx.internal.generation.Surroundings;
import io.a64.proxy.nginx.internal.template.NginxTemplates;
import io.a64.test.services.FreePort;
import io.a64.test.services.NginxProcess;
import io.a64.test.services.RequiresService;
import io.a64.test.services.Service;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ten thousand modules. Numbers are those of the list of traps in the research on NGINX. */
@RequiresService(Service.NGINX)
final class ManyModulesTest {

    private static final int MANY = 10_000;
    private static final String LONG_NAME = "n".repeat(63);

    @TempDir
    private Path prefix;

    /** Puts the files of 10,000 modules, one of them with the longest name, where NGINX is to read them. */
    private NginxSettings write(int modulePort) throws IOException {
        NginxSettings settings = NginxUnderTest.settings(prefix, FreePort.find());
        Files.writeString(
                settings.mainConfiguration(),
                NginxMainConfiguration.of(settings).text().replace("worker_processes auto", "worker_processes 1"));
        Path home = settings.configDirectory().resolve("a64");
        RenderedGeneration rendered = new GenerationRenderer(new NginxTemplates(), settings.rendering())
                .render(
                        1,
                        new Surroundings(home, new OperatorHttp(4096, false, false)),
                        routes(modulePort),
                        new TreeMap<>());
        for (Map.Entry<String, String> file : rendered.files().entrySet()) {
            Path path = home.resolve("gen-1").resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue());
        }
        Files.createSymbolicLink(home.resolve("current"), Path.of("gen-1"));
        return settings;
    }

    private static List<Route> routes(int port) {
        List<Route> routes = new ArrayList<>();
        List<Upstream> upstreams = List.of(new Upstream("127.0.0.1", port));
        for (int i = 1; i < MANY; i++) {
            routes.add(Route.onPath("module-" + i, 2, "/module-" + i + "/", upstreams, RouteOptions.defaults()));
        }
        routes.add(Route.onPath(LONG_NAME, 1, "/" + LONG_NAME + "/", upstreams, RouteOptions.defaults()));
        return routes;
    }

    @Test
    @DisplayName("trap 45: the longest name among 10,000 fits NGINX's tables, without a warning")
    void theLongestNameAmongManyFits() throws Exception {
        NginxSettings settings = write(9000);

        Process test =
                new ProcessBuilder(command(settings)).redirectErrorStream(true).start();
        String output = new String(test.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(test.waitFor()).as(output).isZero();
        assertThat(output).doesNotContain("could not build", "[warn]");
    }

    private List<String> command(NginxSettings settings) {
        return List.of(
                settings.binary(),
                "-t",
                "-e",
                "stderr",
                "-p",
                prefix.toString(),
                "-c",
                settings.mainConfiguration().toString());
    }

    @Test
    @DisplayName("trap 46: of 10,000 modules each is served, by a worker of less than 20 MB")
    void eachOfManyIsServedByASmallWorker() throws Exception {
        HttpServer module = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        module.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        module.start();
        NginxSettings settings = write(module.getAddress().getPort());
        int port = Integer.parseInt(settings.listen().replaceAll(".*:", ""));
        try (NginxProcess nginx = NginxProcess.start(prefix, settings.mainConfiguration(), port)) {
            assertThat(nginx).isNotNull();
            for (String name : List.of("module-1", "module-5000", "module-9999", LONG_NAME)) {
                assertThat(TrafficFixture.getFrom("127.0.0.1", port, "/" + name + "/x"))
                        .startsWith("HTTP/1.1 200");
            }
            assertThat(workerKilobytes()).isBetween(1L, 20_000L);
        } finally {
            module.stop(0);
        }
    }

    private long workerKilobytes() throws IOException {
        long master =
                Long.parseLong(Files.readString(prefix.resolve("nginx.pid")).strip());
        ProcessHandle worker =
                ProcessHandle.of(master).orElseThrow().children().findFirst().orElseThrow();
        String status = Files.readString(Path.of("/proc", Long.toString(worker.pid()), "status"));
        Matcher size = Pattern.compile("VmRSS:\\s*([0-9]+) kB").matcher(status);
        assertThat(size.find()).isTrue();
        return Long.parseLong(size.group(1));
    }
}
