package io.a64.examples.plugin;

import io.a64.proxy.spi.RouteWriter;
import io.a64.proxy.testkit.RouteWriterContract;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

final class FilesRouteWriterContractTest extends RouteWriterContract {

    @TempDir
    private Path directory;

    @Override
    protected RouteWriter open() {
        return new FilesRouteWriter(directory, URI.create("http://localhost"));
    }
}
