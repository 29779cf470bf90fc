package io.a64.proxy.nginx;

import io.a64.proxy.spi.RouteWriter;
import io.a64.proxy.spi.RouteWriterProvider;
import io.a64.spi.Settings;

/**
 * Makes an {@link NginxRouteWriter} from the settings {@code a64.nginx.…}, see {@link NginxSettings#from}. If NGINX runs in
 * a container, the {@link io.a64.proxy.spi.CommandRunner} that the setting {@code a64.nginx.command-runner} names is
 * made as well, by default {@code docker} of {@code io.a64:a64-ports-core}.
 */
public final class NginxRouteWriterProvider implements RouteWriterProvider {

    /** Called by {@link java.util.ServiceLoader}. */
    public NginxRouteWriterProvider() {}

    @Override
    public String name() {
        return NginxRouteWriter.NAME;
    }

    @Override
    public RouteWriter create(Settings settings) {
        NginxSettings nginx = NginxSettings.from(settings);
        return nginx.container()
                .map(container -> NginxRouteWriter.owning(nginx, CommandRunners.make(container, settings)))
                .orElseGet(() -> NginxRouteWriter.using(nginx));
    }
}
