package io.a64.examples.host;

import io.a64.examples.host.settings.HostSettings;
import io.a64.examples.host.settings.SettingsException;
import io.a64.spi.Settings;

/** Prints what NGINX needs, from the same variables that the host runs with. */
final class NginxFiles {

    private NginxFiles() {}

    static String main(HostSettings settings) {
        return of(settings).text("a64.nginx.listen").orElse("");
    }

    static String include(HostSettings settings) {
        return of(settings).text("a64.nginx.listen").orElse("");
    }

    private static Settings of(HostSettings settings) {
        if (!settings.routes().equals("nginx")) {
            throw new SettingsException("A64_NGINX_CONFIG_DIR is not set; accepted: the directory, such as"
                    + " /etc/nginx/conf.d, that the library may write and NGINX reads");
        }
        return Settings.of(settings.library());
    }
}
