package io.a64.ports.registry;

import io.a64.ports.testkit.PortAllocatorSetup;

/** What the contracts ask for, as settings of a registry. */
public final class ContractSettings {
    private ContractSettings() {}

    /** Returns the settings of a setup. */
    public static RegistrySettings of(PortAllocatorSetup setup) {
        return new RegistrySettings(
                setup.range(),
                setup.expansion(),
                setup.reserved(),
                setup.pools(),
                setup.spread() ? PortStrategy.SPREAD : PortStrategy.LOWEST,
                setup.lease(),
                setup.cooldown(),
                setup.quarantine(),
                RegistrySettings.LOCAL_NODE);
    }
}
