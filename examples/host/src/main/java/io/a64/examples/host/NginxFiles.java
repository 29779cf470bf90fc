package io.a64.examples.host;

import io.a64.examples.host.settings.HostSettings;
import io.a64.examples.host.settings.SettingsException;

/** Prints what NGINX needs, from the same variables that the host runs with. */
final class NginxFiles {

    private NginxFiles() {}

    static String print(String option, HostSettings settings) {
        String reason = settings.routes().equals("nginx")
                ? option + " is not in this build"
                : "A64_NGINX_CONFIG_DIR is not set; accepted: the directory that the library may write and NGINX"
                        + " reads, such as /etc/nginx/conf.d";
        throw new SettingsException(reason);
    }
}
