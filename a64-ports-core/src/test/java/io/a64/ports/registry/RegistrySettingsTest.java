package io.a64.ports.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.a64.ports.PortPool;
import io.a64.ports.PortRange;
import io.a64.spi.InvalidSettingException;
import io.a64.spi.Settings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
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
        PortArea general = new PortSpace(RegistrySettings.defaults()).general();

        assertThat(general.size()).isEqualTo(11_000 - 3 - 400);
        assertThat(List.of(12000, 13000, 14000, 15000, 15099, 16050, 17099, 18000))
                .noneMatch(general::contains);
        assertThat(List.of(9000, 12001, 15100, 18100, 19999)).allMatch(general::contains);
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
    @DisplayName("case 32: a setting that cannot be used is refused by its name, before there is a database")
    @CsvSource({
        "a64.ports.range, 19999-9000",
        "a64.ports.range, 9000-70000",
        "a64.ports.range, all",
        "a64.ports.reserved, 9100;9200",
        "a64.ports.cooldown, 30",
        "a64.ports.lease, PT0S",
        "a64.ports.quarantine, PT0S",
        "a64.ports.expansion, more",
        "a64.ports.strategy, highest",
        "a64.ports.pools, media",
        "a64.ports.pools, media=",
        "a64.ports.pools, media=30000-30099;media=31000-31099",
        "a64.ports.pools, Media=30000-30099",
        "a64.ports.pools, media=30000-30099@Media",
        "a64.ports.pools, general=30000-30099",
        "a64.node, Node 2"
    })
    void aSettingThatCannotBeUsedIsRefusedByName(String setting, String value) {
        assertThatThrownBy(() -> RegistrySettings.from(Settings.of(Map.of(setting, value))))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining(setting)
                .hasMessageContaining(value);
    }

    @Test
    void aRangeAmongThePortsOfTheStacksIsMeantAsItIs() {
        RegistrySettings settings = RegistrySettings.from(Settings.of(Map.of("a64.ports.range", "15000-15099")));

        assertThat(new PortSpace(settings).general().size()).isEqualTo(100);
        assertThat(settings.pools())
                .extracting(PortPool::name)
                .as("the other stacks keep their ports")
                .containsExactly("django", "mern-backend", "mern-frontend");
    }

    @Test
    void aPoolMayBeReservedWhollyAndIsEmptyThen() {
        RegistrySettings settings = RegistrySettings.from(Settings.of(Map.of("a64.ports.reserved", "15000-15099")));

        assertThat(new PortSpace(settings).areas())
                .filteredOn(area -> area.name().equals("flask"))
                .extracting(PortArea::size)
                .containsExactly(0);
    }

    @Test
    void aRangeThatIsReservedWhollyIsRefused() {
        Settings settings = Settings.of(Map.of("a64.ports.range", "9000-9009", "a64.ports.reserved", "9000-9100"));

        assertThatThrownBy(() -> RegistrySettings.from(settings))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContainingAll("a64.ports.range", "9000-9009", "a64.ports.reserved");
    }

    @Test
    void poolsAreReadWithTheirExpansionAndTheirModules() {
        RegistrySettings settings = RegistrySettings.from(Settings.of(Map.of(
                "a64.ports.pools",
                "media=30000-30099,30200-30299+31000-31099@media-*,video; flask=15000-15009",
                "a64.ports.expansion",
                "20000-20999",
                "a64.ports.strategy",
                "spread",
                "a64.ports.quarantine",
                "PT1H")));

        assertThat(settings.pools())
                .contains(
                        new PortPool(
                                "media",
                                List.of(new PortRange(30000, 30099), new PortRange(30200, 30299)),
                                List.of(new PortRange(31000, 31099)),
                                List.of("media-*", "video")),
                        PortPool.of("flask", new PortRange(15000, 15009)))
                .extracting(PortPool::name)
                .as("those of the stacks stay, but for the one that is replaced")
                .containsExactly("media", "flask", "django", "mern-backend", "mern-frontend");
        assertThat(settings.expansion()).containsExactly(new PortRange(20000, 20999));
        assertThat(settings.strategy()).isEqualTo(PortStrategy.SPREAD);
        assertThat(settings.quarantine()).isEqualTo(Duration.ofHours(1));
    }

    @Test
    void inCodeTheReservedPortsAreExactlyThoseNamed() {
        assertThat(RegistrySettings.defaults().withReserved(List.of()).reserved())
                .isEmpty();
    }
}
