package io.a64.proxy.nginx;

import io.a64.proxy.spi.RouteWriter;
import io.a64.proxy.spi.RouteWriterProvider;
import io.a64.spi.Settings;

/** Makes an {@link NginxRouteWriter} from the settings {@code a64.nginx.…}, see {@link NginxSettings#from}. */
public final class NginxRouteWriterProvider implements RouteWriterProvider {

    /** Called by {@link java.util.ServiceLoader}. */
    public NginxRouteWriterProvider() {}

    @Override
    public String name() {
        return NginxRouteWriter.NAME;
    }

    @Override
    public RouteWriter create(Settings settings) {
        return NginxRouteWriter.using(NginxSettings.from(settings));
    }
}
