package io.a64.proxy.nginx;

import io.a64.test.services.RequiresService;
import io.a64.test.services.Service;

/** Where modules are found by a map. */
@RequiresService(Service.NGINX)
final class MapRollingLoadContractTest extends RollingLoadContract {

    @Override
    int mapThreshold() {
        return 0;
    }
}
