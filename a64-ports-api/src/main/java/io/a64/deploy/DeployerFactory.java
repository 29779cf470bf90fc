package io.a64.deploy;

/** Makes the engine; found through {@link java.util.ServiceLoader}, provided by {@code a64-ports-core}. */
public interface DeployerFactory {

    /** Makes a deployer from what the host has chosen. */
    ModuleDeployer create(DeployerConfig config);
}
