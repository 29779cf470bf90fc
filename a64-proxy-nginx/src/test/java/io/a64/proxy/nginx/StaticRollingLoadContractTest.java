package io.a64.proxy.nginx;

import io.a64.test.services.RequiresService;
import io.a64.test.services.Service;

/** Where every module has a location of its own. */
@RequiresService(Service.NGINX)
final class StaticRollingLoadContractTest extends RollingLoadContract {

    @Override
    int mapThreshold() {
        return Integer.MAX_VALUE;
    }
}
