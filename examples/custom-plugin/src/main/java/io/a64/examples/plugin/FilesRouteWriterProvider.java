package io.a64.examples.plugin;

import io.a64.proxy.spi.RouteWriter;
import io.a64.proxy.spi.RouteWriterProvider;
import io.a64.spi.Settings;
import java.net.URI;
import java.nio.file.Path;

/** Makes a {@link FilesRouteWriter} from {@code a64.files.directory} and {@code a64.files.base-uri}. */
public final class FilesRouteWriterProvider implements RouteWriterProvider {

    /** Called by {@link java.util.ServiceLoader}. */
    public FilesRouteWriterProvider() {}

    @Override
    public String name() {
        return "files";
    }

    @Override
    public RouteWriter create(Settings settings) {
        Path directory = Path.of(settings.requiredText("a64.files.directory", "a directory"));
        URI baseUri = settings.parsed("a64.files.base-uri", "a URI", IllegalArgumentException.class, URI::create)
                .orElse(URI.create("http://localhost"));
        return new FilesRouteWriter(directory.resolve("routes"), baseUri);
    }
}
