package io.a64.proxy.nginx;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

final class NginxMainConfigurationTest {

    private static final NginxSettings SETTINGS = NginxSettings.of(Path.of("/srv/routes"));

    @Test
    @DisplayName("an existing configuration needs one line in http and one in server")
    void twoLines() {
        assertThat(NginxMainConfiguration.of(SETTINGS).includeText().lines().filter(line -> !line.startsWith("#")))
                .containsExactly(
                        "include /srv/routes/a64/current/http*.conf;", "include /srv/routes/a64/current/server*.conf;");
    }

    @Test
    @DisplayName("connections fit the files that a worker may have open, and patterns are compiled")
    void limits() {
        assertThat(NginxMainConfiguration.of(SETTINGS).text())
                .contains("worker_rlimit_nofile 16384;", "worker_connections 8192;", "pcre_jit on;");
    }

    @Test
    @DisplayName("in a container the directory is included as NGINX sees it, and the image's places stay")
    void inContainer() {
        String text = NginxMainConfiguration.of(SETTINGS.withContainer("web"))
                .seenAt(Path.of("/etc/nginx/a64"))
                .text();

        assertThat(text)
                .contains("include /etc/nginx/a64/a64/current/http*.conf;", "error_log /var/log/nginx/error.log")
                .doesNotContain("/srv/routes", "user ");
    }
}
