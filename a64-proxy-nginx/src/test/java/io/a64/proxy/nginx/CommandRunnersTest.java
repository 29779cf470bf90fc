package io.a64.proxy.nginx;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.a64.spi.InvalidSettingException;
import io.a64.spi.Settings;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

final class CommandRunnersTest {

    private static final NginxRouteWriterProvider PROVIDER = new NginxRouteWriterProvider();

    private static Settings settings(String name, String value) {
        return Settings.of(Map.of(
                NginxSettings.CONFIG_DIRECTORY_SETTING, "/srv/routes", "a64.nginx.container", "web", name, value));
    }

    @Test
    @DisplayName("without anybody who runs commands in containers, the artifact that brings one is named")
    void noneFound() {
        assertThatThrownBy(() -> PROVIDER.create(settings("a64.node", "here")))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContainingAll("a64.nginx.command-runner", "docker", "none", "io.a64:a64-ports-core");
    }

    @Test
    @DisplayName("a name that nobody has is named")
    void unknownName() {
        assertThatThrownBy(() -> PROVIDER.create(settings(CommandRunners.SETTING, "other")))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContainingAll("a64.nginx.command-runner", "other");
    }

    @Test
    @DisplayName("what is no name of a container is refused")
    void noContainerName() {
        NginxSettings settings = NginxSettings.of(Path.of("/srv/routes"));

        assertThatThrownBy(() -> settings.withContainer("--privileged"))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining("a64.nginx.container");
    }

    @Test
    @DisplayName("a writer for NGINX in a container is not made without somebody who runs commands there")
    void noRunner() {
        NginxSettings settings = NginxSettings.of(Path.of("/srv/routes")).withContainer("web");

        assertThatThrownBy(() -> NginxRouteWriter.using(settings))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("web");
    }
}
