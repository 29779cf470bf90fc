package io.a64.examples.host.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.a64.spi.InvalidSettingException;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostSettingsTest {

    @Test
    void withoutVariablesEverythingIsEmbedded() {
        HostSettings settings = HostSettings.of(Map.of());

        assertThat(settings.bind()).isEqualTo("127.0.0.1");
        assertThat(settings.port()).isEqualTo(8080);
        assertThat(settings.token()).isEmpty();
        assertThat(settings.registry()).isEqualTo("memory");
        assertThat(settings.runtime()).isEqualTo("memory");
        assertThat(settings.routes()).isEqualTo("embedded");
        assertThat(settings.proxyUrl()).isEmpty();
        assertThat(settings.registries()).containsExactly("*");
        assertThat(settings.licenseKey()).isEmpty();
        assertThat(settings.library())
                .containsEntry("a64.drain-timeout", "PT30S")
                .containsEntry("a64.ports.range", "9000-19999")
                .containsEntry("a64.ports.cooldown", "PT30S")
                .containsEntry("a64.ports.quarantine", "PT5M")
                .containsEntry("a64.ports.strategy", "lowest")
                .containsEntry("a64.node", "local")
                .containsEntry("a64.router.port", "8088")
                .doesNotContainKeys(
                        "a64.mongodb.uri",
                        "a64.docker.host",
                        "a64.nginx.config-dir",
                        "a64.ports.reserved",
                        "a64.ports.pools",
                        "a64.ports.expansion");
    }

    @Test
    void everyVariableReachesItsSetting() {
        HostSettings settings = HostSettings.of(Map.ofEntries(
                Map.entry("A64_HTTP_PORT", "0"),
                Map.entry("A64_HTTP_BIND", "0.0.0.0"),
                Map.entry("A64_API_TOKEN", "secret"),
                Map.entry("A64_MONGODB_URI", "mongodb://127.0.0.1:27017/a64core_db"),
                Map.entry("A64_DOCKER_HOST", "unix:///var/run/docker.sock"),
                Map.entry("A64_DOCKER_NETWORK", "platform"),
                Map.entry("A64_PUBLISH_BIND", "0.0.0.0"),
                Map.entry("A64_NGINX_CONFIG_DIR", "/etc/nginx/conf.d"),
                Map.entry("A64_NGINX_BINARY", "/usr/sbin/nginx"),
                Map.entry("A64_NGINX_MAIN_CONF", "/srv/nginx.conf"),
                Map.entry("A64_NGINX_PREFIX", "/srv/prefix"),
                Map.entry("A64_NGINX_LISTEN", "127.0.0.1:8081"),
                Map.entry("A64_NGINX_CONTAINER", "proxy"),
                Map.entry("A64_NGINX_TRUSTED_PROXIES", "10.0.0.0/8, fd00::/8"),
                Map.entry("A64_NGINX_ACCESS_LOG", "off"),
                Map.entry("A64_NGINX_MAP_THRESHOLD", "0"),
                Map.entry("A64_NGINX_MANAGED", "false"),
                Map.entry("A64_ROUTER_PORT", "0"),
                Map.entry("A64_DRAIN_TIMEOUT", "PT5S"),
                Map.entry("A64_PORT_RANGE", "9000-9009"),
                Map.entry("A64_RESERVED_PORTS", "9001,9003-9004"),
                Map.entry("A64_PORT_COOLDOWN", "PT0S"),
                Map.entry("A64_PORT_POOLS", "media=30000-30009+31000-31009@media-*;batch=32000"),
                Map.entry("A64_PORT_EXPANSION", "20000-20009,22000"),
                Map.entry("A64_PORT_QUARANTINE", "PT1M"),
                Map.entry("A64_PORT_STRATEGY", "spread"),
                Map.entry("A64_NODE", "node-1"),
                Map.entry("A64_ALLOWED_REGISTRIES", "localhost:5000, docker.io")));

        assertThat(settings.token()).contains("secret");
        assertThat(settings.registry()).isEqualTo("mongodb");
        assertThat(settings.runtime()).isEqualTo("docker");
        assertThat(settings.routes()).isEqualTo("nginx");
        assertThat(settings.registries()).containsExactly("localhost:5000", "docker.io");
        assertThat(settings.library())
                .containsEntry("a64.mongodb.uri", "mongodb://127.0.0.1:27017/a64core_db")
                .containsEntry("a64.docker.host", "unix:///var/run/docker.sock")
                .containsEntry("a64.docker.network", "platform")
                .containsEntry("a64.docker.publish-bind", "0.0.0.0")
                .containsEntry("a64.nginx.config-dir", "/etc/nginx/conf.d")
                .containsEntry("a64.nginx.binary", "/usr/sbin/nginx")
                .containsEntry("a64.nginx.main-conf", "/srv/nginx.conf")
                .containsEntry("a64.nginx.prefix", "/srv/prefix")
                .containsEntry("a64.nginx.listen", "127.0.0.1:8081")
                .containsEntry("a64.nginx.container", "proxy")
                .containsEntry("a64.nginx.trusted-proxies", "10.0.0.0/8, fd00::/8")
                .containsEntry("a64.nginx.access-log", "off")
                .containsEntry("a64.nginx.map-threshold", "0")
                .containsEntry("a64.router.port", "0")
                .containsEntry("a64.drain-timeout", "PT5S")
                .containsEntry("a64.ports.range", "9000-9009")
                .containsEntry("a64.ports.reserved", "9001,9003-9004")
                .containsEntry("a64.ports.cooldown", "PT0S")
                .containsEntry("a64.ports.pools", "media=30000-30009+31000-31009@media-*;batch=32000")
                .containsEntry("a64.ports.expansion", "20000-20009,22000")
                .containsEntry("a64.ports.quarantine", "PT1M")
                .containsEntry("a64.ports.strategy", "spread")
                .containsEntry("a64.node", "node-1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "80|http://localhost",
                "8081|http://localhost:8081",
                "127.0.0.1:8081|http://localhost:8081",
                "127.0.0.1|http://localhost",
                "*:8081|http://localhost:8081",
                "localhost:8081|http://localhost:8081",
                "0.0.0.0:8081|http://localhost:8081",
                "[::]:8081|http://[::1]:8081",
                "[::1]:8081|http://[::1]:8081",
                "[FD00::5]:8081|http://[fd00::5]:8081",
                "10.0.0.5:8081|http://10.0.0.5:8081"
            })
    void whatClientsPutBeforeARouteFollowsTheListener(String listen, String url) {
        HostSettings settings =
                HostSettings.of(Map.of("A64_NGINX_CONFIG_DIR", "/etc/nginx/conf.d", "A64_NGINX_LISTEN", listen));

        assertThat(settings.proxyUrl()).contains(URI.create(url));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "A64_HTTP_PORT|65536",
                "A64_HTTP_PORT|http",
                "A64_HTTP_PORT|-1",
                "A64_HTTP_BIND|no such host",
                "A64_MONGODB_URI|mongodb://127.0.0.1:27017",
                "A64_MONGODB_URI|http://127.0.0.1/db",
                "A64_DOCKER_HOST|/var/run/docker.sock",
                "A64_DOCKER_HOST|tcp://host",
                "A64_DOCKER_NETWORK|two words",
                "A64_PUBLISH_BIND|localhost",
                "A64_PUBLISH_BIND|256.0.0.1",
                "A64_PUBLISH_BIND|1",
                "A64_NGINX_CONFIG_DIR|/etc/passwd",
                "A64_NGINX_LISTEN|0",
                "A64_NGINX_LISTEN|:80",
                "A64_NGINX_LISTEN|80 default_server",
                "A64_NGINX_LISTEN|127.0.0.1:99999",
                "A64_NGINX_CONTAINER|/proxy",
                "A64_NGINX_CONTAINER|two words",
                "A64_NGINX_TRUSTED_PROXIES|10.0.0.1/8",
                "A64_NGINX_TRUSTED_PROXIES|10.0.0.0/8,",
                "A64_NGINX_TRUSTED_PROXIES|proxy.example.org",
                "A64_NGINX_ACCESS_LOG|/var/log/a;b",
                "A64_NGINX_ACCESS_LOG|../a.log",
                "A64_NGINX_MAP_THRESHOLD|-1",
                "A64_NGINX_MAP_THRESHOLD|many",
                "A64_NGINX_MANAGED|true",
                "A64_NGINX_MANAGED|yes",
                "A64_NGINX_IMAGE|NGINX latest",
                "A64_STACK_PORTS|flask",
                "A64_STACK_PORTS|flask=0",
                "A64_STACK_PORTS|flask=14000,flask=14001",
                "A64_STACK_PORTS|flask=14000,django=14000",
                "A64_ROUTER_PORT|70000",
                "A64_DRAIN_TIMEOUT|30",
                "A64_DRAIN_TIMEOUT|PT-1S",
                "A64_PROXY_URL|localhost",
                "A64_PROXY_URL|ftp://localhost",
                "A64_PROXY_URL|http://localhost?x=1",
                "A64_PORT_RANGE|9000",
                "A64_PORT_RANGE|19999-9000",
                "A64_PORT_RANGE|0-10",
                "A64_RESERVED_PORTS|9100;9200",
                "A64_RESERVED_PORTS|9100,",
                "A64_PORT_COOLDOWN|thirty",
                "A64_PORT_POOLS|media",
                "A64_PORT_POOLS|media=",
                "A64_PORT_POOLS|media=30000;media=30001",
                "A64_PORT_POOLS|Media=30000",
                "A64_PORT_POOLS|general=30000",
                "A64_PORT_EXPANSION|9100;9200",
                "A64_PORT_QUARANTINE|PT0S",
                "A64_PORT_QUARANTINE|five",
                "A64_PORT_STRATEGY|random",
                "A64_NODE|a/b",
                "A64_NODE|Node-1",
                "A64_ALLOWED_REGISTRIES|localhost:5000,,docker.io",
                "A64_ALLOWED_REGISTRIES|https://localhost:5000",
                "A64_LICENSE_PUBLIC_KEY|AAAA",
                "A64_LICENSE_PUBLIC_KEY|%%%"
            })
    void whatCannotBeUsedIsRefusedInOneLine(String variable, String value) {
        assertThatThrownBy(() -> HostSettings.of(Map.of(variable, value)))
                .isInstanceOf(SettingsException.class)
                .hasMessageStartingWith(variable + " is \"" + value + "\"; accepted: ")
                .hasMessageNotContaining("\n");
    }

    @ParameterizedTest
    @CsvSource({"8081,8081", "127.0.0.1,127.0.0.1:80", "[::1]:8081,[::1]:8081", "localhost:81,localhost:81", "*,*:80"})
    void theLibraryIsToldThePortOfTheListener(String listen, String told) {
        assertThat(HostSettings.of(Map.of("A64_NGINX_LISTEN", listen)).library())
                .containsEntry("a64.nginx.listen", told);
    }

    @Test
    void allProblemsAreFoundAndTheFirstIsShown() {
        assertThatThrownBy(() -> HostSettings.of(Map.of("A64_NODE", "/", "A64_HTTP_PORT", "x", "A64_PORT_RANGE", "x")))
                .hasMessageStartingWith("A64_HTTP_PORT")
                .hasMessageEndingWith("(and 2 more)");
    }

    @Test
    void aBlankVariableCountsAsUnset() {
        assertThat(HostSettings.of(Map.of("A64_HTTP_PORT", " ", "A64_MONGODB_URI", "")))
                .isEqualTo(HostSettings.of(Map.of()));
    }

    @Test
    void secretsAreNotShown() {
        assertThatThrownBy(() -> HostSettings.of(Map.of("A64_API_TOKEN", "two words")))
                .hasMessageNotContaining("two words");
        assertThatThrownBy(() -> HostSettings.of(Map.of("A64_MONGODB_URI", "mongodb://me:geheim@host")))
                .hasMessageContaining("mongodb://***@host")
                .hasMessageNotContaining("geheim");
        assertThat(HostSettings.of(Map.of("A64_API_TOKEN", "geheim")))
                .hasToString("HostSettings[127.0.0.1:8080, memory, memory, embedded]");
    }

    @Test
    void aSettingThatTheLibraryRefusesIsNamedByItsVariable() {
        SettingsException refusal =
                SettingsException.of(new InvalidSettingException("a64.nginx.config-dir", "/x y", "a plain directory"));

        assertThat(refusal).hasMessage("A64_NGINX_CONFIG_DIR is \"/x y\"; accepted: a plain directory");
    }

    @Test
    void theHelpTellsEveryVariable() {
        for (Variable variable : Variable.values()) {
            assertThat(HostSettings.help()).contains(variable.name());
        }
    }
}
