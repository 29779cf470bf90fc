package io.a64.ports.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.a64.ports.PortRange;
import io.a64.spi.InvalidSettingException;
import io.a64.spi.Settings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegistrySettingsTest {

    @Test
    void withoutSettingsTheDefaultsHold() {
        RegistrySettings settings = RegistrySettings.from(Settings.of(Map.of()));

        assertThat(settings).isEqualTo(RegistrySettings.defaults());
        assertThat(settings.range()).isEqualTo(new PortRange(9000, 19999));
        assertThat(settings.cooldown()).isEqualTo(Duration.ofSeconds(30));
        assertThat(settings.lease()).isEqualTo(Duration.ofMinutes(5));
        assertThat(settings.node()).isEqualTo("local");
    }

    @Test
    void theDefaultRangeLosesThePortsOfTheStacks() {
        RegistrySettings settings = RegistrySettings.defaults();

        assertThat(settings.range().without(settings.reserved()))
                .hasSize(11_000 - 3 - 400)
                .doesNotContain(12000, 13000, 14000, 15000, 15099, 16050, 17099, 18000)
                .contains(9000, 12001, 15100, 18100, 19999);
    }

    @Test
    void everySettingCounts() {
        RegistrySettings settings = RegistrySettings.from(Settings.of(Map.of(
                "a64.ports.range", "9000-9500",
                "a64.ports.reserved", "9100, 9200-9210",
                "a64.ports.cooldown", "PT0S",
                "a64.ports.lease", "PT1M",
                "a64.node", "node-2")));

        assertThat(settings.range()).isEqualTo(new PortRange(9000, 9500));
        assertThat(settings.reserved())
                .contains(new PortRange(9100, 9100), new PortRange(9200, 9210))
                .as("those of the stacks stay reserved")
                .containsAll(RegistrySettings.STACK_PORTS);
        assertThat(settings.cooldown()).isZero();
        assertThat(settings.lease()).isEqualTo(Duration.ofMinutes(1));
        assertThat(settings.node()).isEqualTo("node-2");
    }

    @ParameterizedTest
    @CsvSource({
        "a64.ports.range, 19999-9000",
        "a64.ports.range, 9000-70000",
        "a64.ports.range, all",
        "a64.ports.range, 15000-15099",
        "a64.ports.reserved, 9100;9200",
        "a64.ports.cooldown, 30",
        "a64.ports.lease, PT0S",
        "a64.node, Node 2"
    })
    void aSettingThatCannotBeUsedIsRefusedByName(String setting, String value) {
        assertThatThrownBy(() -> RegistrySettings.from(Settings.of(Map.of(setting, value))))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining(setting)
                .hasMessageContaining(value);
    }

    @Test
    void inCodeTheReservedPortsAreExactlyThoseNamed() {
        assertThat(RegistrySettings.defaults().withReserved(List.of()).reserved())
                .isEmpty();
    }
}
