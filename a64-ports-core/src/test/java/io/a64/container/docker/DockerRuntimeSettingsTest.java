package io.a64.container.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.a64.container.hostports.PortProbe;
import io.a64.container.spi.ContainerRuntime;
import io.a64.container.spi.ContainerRuntimeProvider;
import io.a64.spi.InvalidSettingException;
import io.a64.spi.Settings;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DockerRuntimeSettingsTest {

    @Test
    void without_settings_the_documented_defaults_hold() {
        assertThat(DockerRuntimeSettings.from(Settings.of(Map.of())))
                .isEqualTo(new DockerRuntimeSettings(
                        "unix:///var/run/docker.sock", "auto", "127.0.0.1", "a64", "a64", PortProbe.TCP));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"unix:///run/docker.sock", "tcp://127.0.0.1:2375", "tcp://docker:2375/", "tcp://[::1]:2375"})
    void engines_on_unix_and_tcp_are_accepted(String host) {
        assertThat(DockerRuntimeSettings.defaults().withHost(host).host()).isEqualTo(host);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/var/run/docker.sock",
                "ssh://x@y",
                "http://127.0.0.1:2375",
                "npipe:////./pipe/docker",
                "tcp://127.0.0.1",
                "tcp://127.0.0.1:99999",
                "unix://",
                "unix:///",
                "unix://run/docker.sock",
                "tcp://h:1/path",
                "tcp:// h:1"
            })
    void any_other_engine_is_refused_with_setting_value_and_forms(String host) {
        assertThatThrownBy(() -> DockerRuntimeSettings.from(Settings.of(Map.of("a64.docker.host", host))))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining("a64.docker.host")
                .hasMessageContaining(host)
                .hasMessageContaining("unix:///path/to/docker.sock or tcp://host:port");
    }

    @ParameterizedTest
    @CsvSource({
        "a64.docker.publish-bind, localhost",
        "a64.docker.publish-bind, 127.0.0.256",
        "a64.docker.publish-bind, 127.1",
        "a64.docker.publish-bind, 1:2",
        "a64.docker.network, host",
        "a64.docker.network, none",
        "a64.docker.network, container:x",
        "a64.docker.network, a b",
        "a64.docker.name-prefix, A64",
        "a64.docker.name-prefix, a_b",
        "a64.docker.platform, -x",
        "a64.ports.probe, udp"
    })
    void a_setting_that_cannot_be_used_is_named(String setting, String value) {
        assertThatThrownBy(() -> DockerRuntimeSettings.from(Settings.of(Map.of(setting, value))))
                .isInstanceOfSatisfying(
                        InvalidSettingException.class,
                        e -> assertThat(e.setting()).isEqualTo(setting));
    }

    @ParameterizedTest
    @CsvSource({"127.0.0.1,127.0.0.1", "0.0.0.0,127.0.0.1", "::,::1", "::1,::1", "10.0.0.7,10.0.0.7"})
    void published_ports_are_reached_where_they_are_published(String bind, String reached) {
        try (ContainerRuntime runtime =
                DockerContainerRuntime.using(DockerRuntimeSettings.defaults().withPublishBind(bind))) {
            assertThat(runtime.publishAddress()).isEqualTo(reached);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "unix:///var/run/docker.sock, true",
        "tcp://127.0.0.1:2375, true",
        "tcp://127.0.0.7:2375, true",
        "tcp://localhost:2375, true",
        "tcp://[::1]:2375, true",
        "tcp://docker:2375, false",
        "tcp://10.0.0.7:2375, false",
        "tcp://localhost.example:2375, false",
        "tcp://[fd00::1]:2375, false"
    })
    void an_engine_on_a_socket_or_on_loopback_is_taken_for_one_of_this_machine(String host, boolean here) {
        assertThat(DockerRuntimeSettings.defaults().withHost(host).isEngineHere())
                .isEqualTo(here);
    }

    @Test
    void the_platform_is_called_like_the_name_prefix_unless_it_is_set() {
        Map<String, String> prefix = Map.of("a64.docker.name-prefix", "edge");

        assertThat(DockerRuntimeSettings.from(Settings.of(prefix)).platform()).isEqualTo("edge");
    }

    @Test
    void both_runtimes_are_found_by_name_and_made_without_contacting_anybody() {
        Map<String, String> nowhere = Map.of("a64.docker.host", "unix:///nowhere/docker.sock");

        assertThat(ServiceLoader.load(ContainerRuntimeProvider.class))
                .extracting(ContainerRuntimeProvider::name)
                .contains("docker", "memory");
        for (ContainerRuntimeProvider provider : ServiceLoader.load(ContainerRuntimeProvider.class)) {
            try (ContainerRuntime runtime = provider.create(Settings.of(nowhere))) {
                assertThat(runtime.name()).isEqualTo(provider.name());
            }
        }
    }
}
