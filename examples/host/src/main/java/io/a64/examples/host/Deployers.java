package io.a64.examples.host;

import io.a64.deploy.DeployerBuilder;
import io.a64.deploy.ModuleDeployer;
import io.a64.deploy.policy.ImagePolicy;
import io.a64.deploy.policy.LicensePolicy;
import io.a64.examples.host.settings.HostSettings;
import io.a64.examples.host.settings.SettingsException;
import io.a64.examples.host.settings.Variable;
import io.a64.spi.InvalidSettingException;
import java.time.Clock;

/** Puts together what the variables ask for. */
final class Deployers {

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
        try {
            ModuleDeployer deployer = builder.build();
            requireRouterToListen(settings, deployer);
            return deployer;
        } catch (InvalidSettingException e) {
            throw SettingsException.of(e);
        }
    }

    /** The embedded router listens from its first use on; a port that is taken has to end the start, not an install. */
    private static void requireRouterToListen(HostSettings settings, ModuleDeployer deployer) {
        if (!settings.routes().equals("embedded")) {
            return;
        }
        boolean listens = deployer.health().parts().stream()
                .filter(part -> part.role().equals("routes"))
                .allMatch(part -> part.problem().isEmpty());
        if (!listens) {
            deployer.close();
            String port = settings.library().getOrDefault("a64.router.port", "8088");
            throw new SettingsException(Variable.A64_ROUTER_PORT.refusal(port) + " (it cannot be listened on)");
        }
    }
}
