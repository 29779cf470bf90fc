package io.a64.proxy.nginx;

import io.a64.test.services.FreePort;
import io.a64.test.services.NginxProcess;
import io.a64.test.services.Service;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;

/** An NGINX that was started with the main configuration that we print, in a directory of the test's own. */
record NginxUnderTest(NginxSettings settings, NginxProcess process, int port) implements AutoCloseable {

    static NginxUnderTest start(Path prefix) {
        return start(prefix, UnaryOperator.identity());
    }

    /** Starts one whose operator has edited the main configuration. */
    static NginxUnderTest start(Path prefix, UnaryOperator<String> edit) {
        int port = FreePort.find();
        NginxSettings settings = settings(prefix, port);
        try {
            Files.writeString(
                    settings.mainConfiguration(),
                    edit.apply(NginxMainConfiguration.of(settings).text()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new NginxUnderTest(settings, NginxProcess.start(prefix, settings.mainConfiguration(), port), port);
    }

    static NginxSettings settings(Path prefix, int port) {
        return NginxSettings.of(prefix.resolve("conf.d"))
                .withBinary(Service.nginxBinary().toString())
                .withMainConfiguration(prefix.resolve("nginx.conf"))
                .withPrefix(prefix)
                .withListen("127.0.0.1:" + port);
    }

    @Override
    public void close() {
        process.close();
    }
}
