package io.a64.examples.host;

import io.a64.examples.host.settings.HostSettings;

/** What {@code --help} says. */
final class HelpText {

    static final String OPTIONS = "--print-nginx-conf, --print-nginx-include, --version, --help";

    private HelpText() {}

    static String text() {
        return """
                Runs an HTTP API that deploys modules; without any variable, everything is embedded in this program.

                Options:
                  --print-nginx-conf     print a main configuration for NGINX that has all the library needs
                  --print-nginx-include  print the lines that an existing nginx.conf needs
                  --version              print the version
                  --help                 print this text

                Environment variables:
                """ + HostSettings.help();
    }
}
