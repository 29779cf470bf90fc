package io.a64.examples.host;

import io.a64.deploy.DeployerBuilder;
import io.a64.deploy.ModuleDeployer;
import io.a64.deploy.policy.ImagePolicy;
import io.a64.deploy.policy.LicensePolicy;
import io.a64.examples.host.settings.HostSettings;
import io.a64.examples.host.settings.SettingsException;
import io.a64.examples.host.settings.Variable;
import io.a64.spi.InvalidSettingException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Clock;

/** Puts together what the variables ask for. */
final class Deployers {

    private static final String DEFAULT_ROUTER_PORT = "8088";

    private Deployers() {}

    /**
     * Makes the deployer; nothing remote has to be up for that.
     *
     * @throws SettingsException if a part cannot use its setting, naming the variable
     */
    static ModuleDeployer make(HostSettings settings) {
        DeployerBuilder builder = ModuleDeployer.builder()
                .portAllocator(settings.registry())
                .moduleStore(settings.registry())
                .containerRuntime(settings.runtime())
                .routeWriter(settings.routes())
                .settings(settings.library())
                .portListener(new PortEventLog())
                .admissionPolicy(ImagePolicy.allowingRegistries(settings.registries()));
        settings.proxyUrl().ifPresent(builder::proxyUrl);
        settings.licenseKey()
                .ifPresent(key -> builder.admissionPolicy(LicensePolicy.requiring(key, Clock.systemUTC())));
        boolean embedded = settings.routes().equals("embedded");
        if (embedded) {
            requireRouterPort(settings);
        }
        try {
            ModuleDeployer deployer = builder.build();
            if (embedded) {
                deployer.health();
            }
            return deployer;
        } catch (InvalidSettingException e) {
            throw SettingsException.of(e);
        }
    }

    /**
     * The embedded router listens from its first use on; a port that is taken has to end the start, not an install. It is
     * tried out here, because what the router says of its health may also be that a busy machine has kept it waiting.
     */
    private static void requireRouterPort(HostSettings settings) {
        String port = settings.library().getOrDefault("a64.router.port", DEFAULT_ROUTER_PORT);
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(port)));
        } catch (IOException e) {
            throw new SettingsException(Variable.A64_ROUTER_PORT.refusal(port) + " (it cannot be listened on)");
        }
    }
}
