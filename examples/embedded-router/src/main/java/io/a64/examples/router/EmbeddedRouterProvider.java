package io.a64.examples.router;

import io.a64.proxy.spi.RouteWriter;
import io.a64.proxy.spi.RouteWriterProvider;
import io.a64.spi.InvalidSettingException;
import io.a64.spi.Settings;

/**
 * Provides {@link EmbeddedRouter} under the name {@code embedded}. Settings: {@code a64.router.port} (default 8088, 0
 * for any free port) and {@code a64.router.bind} (default 127.0.0.1).
 */
public final class EmbeddedRouterProvider implements RouteWriterProvider {

    private static final int DEFAULT_PORT = 8088;
    private static final String DEFAULT_BIND = "127.0.0.1";
    private static final String PORTS = "a port from 0 to 65535, 0 for any free one";

    /** Creates the provider; {@link java.util.ServiceLoader} calls it. */
    public EmbeddedRouterProvider() {}

    @Override
    public String name() {
        return EmbeddedRouter.NAME;
    }

    @Override
    public RouteWriter create(Settings settings) {
        int port = settings.parsed(EmbeddedRouter.PORT_SETTING, PORTS, NumberFormatException.class, Integer::parseInt)
                .orElse(DEFAULT_PORT);
        if (port < 0 || port > 65535) {
            throw new InvalidSettingException(EmbeddedRouter.PORT_SETTING, String.valueOf(port), PORTS);
        }
        return EmbeddedRouter.listening(
                settings.text(EmbeddedRouter.BIND_SETTING).orElse(DEFAULT_BIND), port);
    }
}
