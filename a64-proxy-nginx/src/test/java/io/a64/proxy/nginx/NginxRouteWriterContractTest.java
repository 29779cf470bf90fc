package io.a64.proxy.nginx;

import io.a64.proxy.spi.RouteWriter;
import io.a64.proxy.testkit.RoutedTrafficContract;
import io.a64.test.services.RequiresService;
import io.a64.test.services.Service;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

@RequiresService(Service.NGINX)
final class NginxRouteWriterContractTest extends RoutedTrafficContract {

    @TempDir
    private Path prefix;

    private NginxUnderTest nginx;

    @Override
    protected RouteWriter open() {
        if (nginx == null) {
            nginx = NginxUnderTest.start(prefix);
        }
        return NginxRouteWriter.using(nginx.settings());
    }

    @AfterEach
    void stopNginx() {
        if (nginx != null) {
            nginx.close();
        }
    }
}
