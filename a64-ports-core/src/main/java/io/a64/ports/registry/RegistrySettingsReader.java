package io.a64.ports.registry;

import io.a64.InvalidInputException;
import io.a64.ports.PortPool;
import io.a64.ports.PortRange;
import io.a64.spi.InvalidSettingException;
import io.a64.spi.Settings;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Reads {@link RegistrySettings} from named settings. */
final class RegistrySettingsReader {
    private final Settings settings;

    RegistrySettingsReader(Settings settings) {
        this.settings = settings;
    }

    /** The ports of the stacks are set apart by default; a range that lies among them and nowhere else is meant as it is. */
    RegistrySettings read() {
        PortRange range = range();
        return whole(stack -> true)
                .or(() -> whole(stack -> !stack.overlaps(range)))
                .orElseThrow(() -> new InvalidSettingException(
                        RegistrySettings.RANGE_SETTING,
                        range.toString(),
                        "a range with at least one port that is neither in " + RegistrySettings.RESERVED_SETTING
                                + " nor of a pool"));
    }

    /** Returns the settings with those of the stacks' ports that pass, empty if the general range has no port then. */
    private Optional<RegistrySettings> whole(Predicate<PortRange> stacks) {
        RegistrySettings read = new RegistrySettings(
                range(),
                ranges(RegistrySettings.EXPANSION_SETTING),
                Stream.concat(
                                RegistrySettings.STACK_PORTS.stream().filter(stacks),
                                ranges(RegistrySettings.RESERVED_SETTING).stream())
                        .toList(),
                pools(stacks),
                strategy(),
                positive(RegistrySettings.LEASE_SETTING, RegistrySettings.DEFAULT_LEASE),
                settings.duration(RegistrySettings.COOLDOWN_SETTING).orElse(RegistrySettings.DEFAULT_COOLDOWN),
                positive(RegistrySettings.QUARANTINE_SETTING, RegistrySettings.DEFAULT_QUARANTINE),
                node());
        try {
            new PortSpace(read);
            return Optional.of(read);
        } catch (InvalidInputException e) {
            return Optional.empty();
        }
    }

    private PortRange range() {
        return settings.parsed(
                        RegistrySettings.RANGE_SETTING,
                        "FIRST-LAST, such as 9000-19999",
                        InvalidInputException.class,
                        PortRange::parse)
                .orElse(PortRange.DEFAULT);
    }

    private List<PortRange> ranges(String setting) {
        return settings.parsed(
                        setting,
                        "ports and ranges separated by commas, such as 9100,9200-9210",
                        InvalidInputException.class,
                        PortRange::parseList)
                .orElse(List.of());
    }

    /** A pool of the same name takes the place of a stack's. */
    private List<PortPool> pools(Predicate<PortRange> stacks) {
        Map<String, PortPool> pools = new LinkedHashMap<>();
        settings.parsed(
                        RegistrySettings.POOLS_SETTING,
                        PoolNotation.ACCEPTED,
                        InvalidInputException.class,
                        PoolNotation::parse)
                .ifPresent(own -> own.forEach(pool -> pools.put(pool.name(), pool)));
        RegistrySettings.STACK_POOLS.stream()
                .filter(pool -> pool.ranges().stream().allMatch(stacks))
                .forEach(pool -> pools.putIfAbsent(pool.name(), pool));
        return List.copyOf(pools.values());
    }

    private PortStrategy strategy() {
        return settings.parsed(
                        RegistrySettings.STRATEGY_SETTING,
                        "lowest or spread",
                        IllegalArgumentException.class,
                        text -> PortStrategy.valueOf(text.toUpperCase(Locale.ROOT)))
                .orElse(PortStrategy.LOWEST);
    }

    private Duration positive(String setting, Duration fallback) {
        Duration duration = settings.duration(setting).orElse(fallback);
        if (duration.isZero()) {
            throw new InvalidSettingException(setting, duration.toString(), "a duration of more than zero");
        }
        return duration;
    }

    private String node() {
        String node = settings.text(RegistrySettings.NODE_SETTING).orElse(RegistrySettings.LOCAL_NODE);
        if (!RegistrySettings.NODE.matcher(node).matches()) {
            throw new InvalidSettingException(
                    RegistrySettings.NODE_SETTING, node, "a name that must match " + RegistrySettings.NODE.pattern());
        }
        return node;
    }
}
