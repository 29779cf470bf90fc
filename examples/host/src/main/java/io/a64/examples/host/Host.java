package io.a64.examples.host;

import io.a64.A64Exception;
import io.a64.deploy.ModuleDeployer;
import io.a64.examples.host.api.ApiServer;
import io.a64.examples.host.api.BearerToken;
import io.a64.examples.host.settings.HostSettings;
import io.a64.examples.host.settings.SettingsException;
import io.a64.examples.host.settings.Variable;
import java.io.IOException;
import java.io.PrintStream;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;

/** Starts the host, or prints what its options ask for. */
public final class Host {

    private static final int FAILED = 1;
    private static final int UNUSABLE = 2;

    private final Map<String, String> environment;
    private final PrintStream out;

    Host(Map<String, String> environment, PrintStream out) {
        this.environment = environment;
        this.out = out;
    }

    /**
     * Runs until SIGTERM; exits with 0 when an option is done, 1 when the start failed, 2 when a variable or an option
     * cannot be used.
     */
    public static void main(String[] arguments) {
        System.setProperty("org.jboss.logging.provider", "slf4j");
        try {
            new Host(System.getenv(), System.out).run(List.of(arguments));
        } catch (SettingsException e) {
            exit(UNUSABLE, e);
        } catch (A64Exception e) {
            exit(FAILED, e);
        }
    }

    private static void exit(int code, RuntimeException reason) {
        System.err.println(reason.getMessage());
        System.exit(code);
    }

    void run(List<String> arguments) {
        switch (String.join(" ", arguments)) {
            case "" -> start(HostSettings.of(environment));
            case "--print-nginx-conf", "--print-nginx-include" ->
                out.print(NginxFiles.print(arguments.get(0), HostSettings.of(environment)));
            case "--version" -> out.println("a64-host " + version());
            case "--help" -> out.println(HelpText.text());
            default ->
                throw new SettingsException("option \"" + String.join(" ", arguments)
                        + "\" is not known; accepted: none or one of " + HelpText.OPTIONS);
        }
    }

    private static String version() {
        String version = Host.class.getPackage().getImplementationVersion();
        return version == null ? "unpackaged" : version;
    }

    private void start(HostSettings settings) {
        try {
            requireFree(settings);
            start(settings, Deployers.make(settings));
        } catch (BindException e) {
            throw unusable(settings, e);
        }
    }

    /** Looks before anything is made, so that a second host on this port changes and says nothing but its one line. */
    private static void requireFree(HostSettings settings) throws BindException {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(settings.bind(), settings.port()));
        } catch (BindException e) {
            throw e;
        } catch (IOException e) {
            throw (BindException) new BindException(e.getMessage()).initCause(e);
        }
    }

    private void start(HostSettings settings, ModuleDeployer deployer) throws BindException {
        try {
            String token = settings.token().orElseGet(BearerToken::generate);
            ApiServer server = ApiServer.start(settings.bind(), settings.port(), BearerToken.of(token), deployer);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server, deployer), "a64-shutdown"));
            if (settings.token().isEmpty()) {
                out.println("A64 API token: " + token);
            }
            out.println("A64 host ready: http://" + reachable(settings.bind()) + ":" + server.port());
        } catch (BindException | RuntimeException e) {
            deployer.close();
            throw e;
        }
    }

    private static void stop(ApiServer server, ModuleDeployer deployer) {
        server.close();
        deployer.close();
    }

    private static String reachable(String bind) {
        return switch (bind) {
            case "0.0.0.0" -> "127.0.0.1";
            case "::", "[::]" -> "[::1]";
            default -> bind.contains(":") && !bind.startsWith("[") ? "[" + bind + "]" : bind;
        };
    }

    private static SettingsException unusable(HostSettings settings, BindException reason) {
        boolean portAtFault = String.valueOf(reason.getMessage()).contains("in use") || isPrivileged(settings.port());
        String refusal = portAtFault
                ? Variable.A64_HTTP_PORT.refusal(Integer.toString(settings.port()))
                : Variable.A64_HTTP_BIND.refusal(settings.bind());
        return new SettingsException(refusal + " (" + reason.getMessage() + ")");
    }

    private static boolean isPrivileged(int port) {
        return port > 0 && port < 1024;
    }
}
