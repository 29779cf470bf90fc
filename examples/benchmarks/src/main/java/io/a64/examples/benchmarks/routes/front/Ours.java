package io.a64.examples.benchmarks.routes.front;

import io.a64.examples.benchmarks.routes.front.Modules.Module;
import io.a64.proxy.nginx.NginxMainConfiguration;
import io.a64.proxy.nginx.NginxSettings;
import io.a64.spi.Settings;
import io.a64.test.services.FreePort;
import io.a64.test.services.Service;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;

/** An NGINX with the configuration that the library prints, and the routes of all modules in it. */
public final class Ours implements AutoCloseable {

    /** A threshold above any number of modules: each keeps a location and a group of its own. */
    public static final int ALWAYS_STATIC = Integer.MAX_VALUE;

    private final Map<String, String> settings;
    private final Mode mode;
    private final Modules modules;
    private final int publicPort = FreePort.find();
    private final Front front;
    private final OurRoutes routes;

    private Ours(Path prefix, Mode mode, Modules modules, Map<String, String> more) throws IOException {
        int port = FreePort.find();
        settings = new HashMap<>(more);
        settings.put("a64.nginx.config-dir", prefix.resolve("conf.d").toString());
        settings.put("a64.nginx.binary", Service.nginxBinary().toString());
        settings.put("a64.nginx.main-conf", prefix.resolve("nginx.conf").toString());
        settings.put("a64.nginx.prefix", prefix.toString());
        settings.put("a64.nginx.listen", "127.0.0.1:" + port);
        this.mode = mode;
        this.modules = modules;
        NginxSettings parsed = NginxSettings.from(Settings.of(settings));
        Path main = parsed.mainConfiguration();
        Files.writeString(main, edited(NginxMainConfiguration.of(parsed).text()));
        front = Front.start(prefix, main, port);
        routes = OurRoutes.open(settings, mode, modules, publicPort);
    }

    /** Starts NGINX in a directory and publishes all modules; the library decides when plain modules share groups. */
    public static Ours start(Path prefix, Mode mode, Modules modules)
            throws IOException, InterruptedException, ExecutionException {
        return start(prefix, mode, modules, Map.of());
    }

    /**
     * Starts NGINX in a directory and publishes all modules.
     *
     * @param threshold above how many modules plain ones share groups
     */
    public static Ours start(Path prefix, Mode mode, Modules modules, int threshold)
            throws IOException, InterruptedException, ExecutionException {
        return start(prefix, mode, modules, Map.of("a64.nginx.map-threshold", Integer.toString(threshold)));
    }

    private static Ours start(Path prefix, Mode mode, Modules modules, Map<String, String> more)
            throws IOException, InterruptedException, ExecutionException {
        Ours ours = new Ours(prefix, mode, modules, more);
        try {
            ours.routes.publishAll();
            return ours;
        } catch (InterruptedException | ExecutionException | RuntimeException e) {
            ours.close();
            throw e;
        }
    }

    /** As many workers as the other has, and the line that tells who answers; the rest stays as it is printed. */
    private static String edited(String main) {
        String text = main.replaceFirst("worker_processes auto;", "worker_processes 1;")
                .replaceFirst("( +)location / \\{", "$1" + Front.ANSWERED_BY.replace("$", "\\$") + "\n$1location / {");
        if (!text.contains("worker_processes 1;") || !text.contains(Front.ANSWERED_BY)) {
            throw new IllegalStateException("the printed configuration has changed; edit it another way:\n" + main);
        }
        return text;
    }

    /** Returns whether a module that is none of the set is served by the upstream of this deployment. */
    public boolean servesExtra(int number, int generation) throws IOException {
        Module module = modules.extra(number, generation);
        return Question.ask(port(), mode.target(module.name(), ""))
                .endsWith("\r\n\r\n" + module.upstream().address());
    }

    /** Returns the settings of the library, by name, so that another process can publish too. */
    public Map<String, String> settings() {
        return Map.copyOf(settings);
    }

    /** Returns the routes. */
    public OurRoutes routes() {
        return routes;
    }

    /** Returns NGINX itself. */
    public Front front() {
        return front;
    }

    /** Returns the port on which routes are served. */
    public int port() {
        return mode == Mode.PATH ? front.port() : publicPort;
    }

    @Override
    public void close() {
        routes.close();
        front.close();
    }
}
