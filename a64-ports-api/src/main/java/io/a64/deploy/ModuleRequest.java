package io.a64.deploy;

import io.a64.module.ModuleSpec;
import io.a64.module.ModuleSpecBuilder;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A specification in the making that its deployer can deploy. Not safe for use by several threads. */
public final class ModuleRequest extends ModuleSpecBuilder<ModuleRequest> {

    private final ModuleDeployer deployer;
    private @Nullable Duration timeout;

    ModuleRequest(ModuleDeployer deployer, String name) {
        super(name);
        this.deployer = deployer;
    }

    @Override
    protected ModuleRequest self() {
        return this;
    }

    /** Sets how long this deployment may take; without this call the deployer's own limit holds. */
    public ModuleRequest timeout(Duration limit) {
        timeout = limit;
        return this;
    }

    /** Deploys, see {@link ModuleDeployer#deploy(ModuleSpec, Duration)}. */
    public Deployment deploy() {
        return timeout == null ? deployer.deploy(spec()) : deployer.deploy(spec(), timeout);
    }

    /** Deploys on the host's executor, see {@link ModuleDeployer#deployAsync(ModuleSpec)}. */
    public CompletableFuture<Deployment> deployAsync() {
        return timeout == null ? deployer.deployAsync(spec()) : deployer.deployAsync(spec(), timeout);
    }
}
