package io.a64.core;

import io.a64.core.internal.deploy.Engine;
import io.a64.core.internal.deploy.Parts;
import io.a64.core.internal.discovery.UnaskedSettings;
import io.a64.deploy.DeployerConfig;
import io.a64.deploy.DeployerFactory;
import io.a64.deploy.ModuleDeployer;

/** Makes the engine behind {@link ModuleDeployer#builder()}; host applications call that, not this. */
public final class EngineFactory implements DeployerFactory {

    /** Called by {@link java.util.ServiceLoader}. */
    public EngineFactory() {}

    @Override
    public ModuleDeployer create(DeployerConfig config) {
        Parts parts = Parts.resolve(config);
        UnaskedSettings.warn(config.settings());
        return new Engine(config, parts);
    }
}
