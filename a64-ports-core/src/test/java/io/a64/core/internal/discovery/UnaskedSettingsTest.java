package io.a64.core.internal.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.a64.ports.registry.RegistrySettings;
import io.a64.spi.Settings;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class UnaskedSettingsTest {

    @Test
    void a_mistyped_family_is_told_with_the_name_that_was_meant() {
        assertThat(UnaskedSettings.complaints(read(Map.of("a64.port.range", "25000-25009"))))
                .singleElement()
                .asString()
                .contains("setting a64.port.range is asked for by no part", "nearest that are: a64.ports.range, ");
    }

    @Test
    void a_mistyped_name_of_a_family_that_was_asked_for_is_told_however_far_off_it_is() {
        assertThat(UnaskedSettings.complaints(read(Map.of("a64.ports.time-to-cool-down", "PT1S"))))
                .singleElement()
                .asString()
                .contains("setting a64.ports.time-to-cool-down ");
    }

    @Test
    void what_was_asked_for_is_right() {
        assertThat(UnaskedSettings.complaints(read(Map.of("a64.ports.range", "25000-25009"))))
                .isEmpty();
    }

    @Test
    void the_settings_of_a_part_that_is_not_in_use_are_no_mistake() {
        assertThat(UnaskedSettings.complaints(read(Map.of("a64.nginx.listen", "81", "host.own", "x"))))
                .isEmpty();
    }

    private static Settings read(Map<String, String> values) {
        Settings settings = Settings.of(values);
        RegistrySettings.from(settings);
        return settings;
    }
}
