package io.a64.proxy.nginx;

import io.a64.proxy.spi.RouteWriter;
import io.a64.proxy.testkit.RoutedTrafficContract;
import io.a64.test.services.RequiresService;
import io.a64.test.services.Service;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** The same contract where plain modules are found by a map, which nobody may notice. */
@RequiresService(Service.NGINX)
final class NginxMapShapeContractTest extends RoutedTrafficContract {

    @TempDir
    private Path prefix;

    private NginxUnderTest nginx;

    @Override
    protected RouteWriter open() {
        if (nginx == null) {
            nginx = NginxUnderTest.start(prefix);
        }
        return NginxRouteWriter.using(nginx.settings().withTraffic(new NginxTraffic(List.of(), "auto", 0)));
    }

    @AfterEach
    void stopNginx() {
        if (nginx != null) {
            nginx.close();
        }
    }
}
