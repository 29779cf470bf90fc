package io.a64.examples.host;

import io.a64.examples.host.settings.HostSettings;
import io.a64.examples.host.settings.SettingsException;
import io.a64.proxy.nginx.NginxMainConfiguration;
import io.a64.proxy.nginx.NginxSettings;
import io.a64.spi.InvalidSettingException;
import io.a64.spi.Settings;

/** What NGINX needs, from the same variables that the host runs with. */
final class NginxFiles {

    private NginxFiles() {}

    /** Returns a whole main configuration. */
    static String main(HostSettings settings) {
        return configuration(settings).text();
    }

    /** Returns the lines for an existing configuration. */
    static String include(HostSettings settings) {
        return configuration(settings).includeText();
    }

    private static NginxMainConfiguration configuration(HostSettings settings) {
        try {
            return NginxMainConfiguration.of(NginxSettings.from(Settings.of(settings.library())));
        } catch (InvalidSettingException e) {
            throw SettingsException.of(e);
        }
    }
}
