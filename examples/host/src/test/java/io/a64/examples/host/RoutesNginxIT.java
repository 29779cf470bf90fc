package io.a64.examples.host;

import io.a64.test.services.FreePort;
import io.a64.test.services.NginxProcess;
import io.a64.test.services.RequiresService;
import io.a64.test.services.Service;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;

/** Routes of an NGINX that runs on what the jar prints for it. */
@RequiresService(Service.NGINX)
class RoutesNginxIT extends RoutesFromOutside {

    @SuppressWarnings("NullAway.Init")
    private NginxProcess nginx;

    @Override
    Map<String, String> proxy() {
        int listen = FreePort.find();
        Path configuration = folder.resolve("nginx.conf");
        Map<String, String> variables = Map.of(
                "A64_NGINX_CONFIG_DIR", folder.resolve("conf.d").toString(),
                "A64_NGINX_BINARY", Service.nginxBinary().toString(),
                "A64_NGINX_MAIN_CONF", configuration.toString(),
                "A64_NGINX_PREFIX", folder.toString(),
                "A64_NGINX_LISTEN", "127.0.0.1:" + listen);
        try {
            Files.createDirectories(folder.resolve("conf.d"));
            HostProcess.Ended printed = HostProcess.run(folder.resolve("print.log"), variables, "--print-nginx-conf");
            Files.writeString(configuration, printed.out());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        nginx = NginxProcess.start(folder, configuration, listen);
        return variables;
    }

    /** The host ends first: its modules live in it, and their routes may stay in a folder that is thrown away. */
    @AfterEach
    void stopNginx() {
        nginx.close();
    }
}
