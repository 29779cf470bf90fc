package io.a64.container.docker;

import io.a64.proxy.spi.RouteWriter;
import io.a64.proxy.testkit.RouteWriterContract;
import io.a64.test.services.RequiresService;
import io.a64.test.services.Service;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** NGINX in a container behaves like one on this machine, whatever path it sees the shared directory at. */
@RequiresService(Service.NGINX_IMAGE)
final class NginxInContainerContractTest {

    @TempDir
    private Path folder;

    private NginxContainer nginx;
    private DockerCommandRunner runner;

    private RouteWriter open(Path seenAt) {
        if (nginx == null) {
            nginx = NginxContainer.onHostNetwork(folder, seenAt);
            runner = nginx.runner();
        }
        return nginx.writer(runner);
    }

    @AfterEach
    void removeNginx() {
        if (nginx != null) {
            runner.close();
            nginx.close();
        }
    }

    @Nested
    class SeeingTheDirectoryAtTheSamePath extends RouteWriterContract {

        @Override
        protected RouteWriter open() {
            return NginxInContainerContractTest.this.open(folder.resolve(NginxContainer.SHARED));
        }
    }

    @Nested
    class SeeingTheDirectoryElsewhere extends RouteWriterContract {

        @Override
        protected RouteWriter open() {
            return NginxInContainerContractTest.this.open(Path.of("/etc/nginx/a64-routes"));
        }
    }
}
