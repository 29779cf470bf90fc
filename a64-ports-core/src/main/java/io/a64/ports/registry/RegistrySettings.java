package io.a64.ports.registry;

import io.a64.InvalidInputException;
import io.a64.ports.PortRange;
import io.a64.spi.InvalidSettingException;
import io.a64.spi.Settings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * How a registry hands out ports. Hosts that share a registry should use the same values.
 *
 * @param range where ports are taken from
 * @param reserved ports of the range that are never handed out
 * @param lease how long a reservation lasts that is neither confirmed nor renewed; longer than a deployment takes
 * @param cooldown how long a port rests that a container has had; zero means not at all
 * @param node whose ports these are: two nodes may hold the same number. Lower-case letters, digits, {@code _} and
 *     {@code -}, at most 40
 */
public record RegistrySettings(
        PortRange range, List<PortRange> reserved, Duration lease, Duration cooldown, String node) {

    /** The public ports and the pools of the stacks (source system B), which lie within the default range. */
    public static final List<PortRange> STACK_PORTS = List.of(
            new PortRange(12000, 12000),
            new PortRange(13000, 13000),
            new PortRange(14000, 14000),
            new PortRange(15000, 15099),
            new PortRange(16000, 16099),
            new PortRange(17000, 17099),
            new PortRange(18000, 18099));

    /** The node whose documents are source system A's own. */
    public static final String LOCAL_NODE = "local";

    /** The setting of {@link #range}, such as {@code 9000-19999}. */
    public static final String RANGE_SETTING = "a64.ports.range";

    /** The setting of ports that are reserved besides {@link #STACK_PORTS}, such as {@code 9100,9200-9210}. */
    public static final String RESERVED_SETTING = "a64.ports.reserved";

    /** The setting of {@link #cooldown}, an ISO-8601 duration. */
    public static final String COOLDOWN_SETTING = "a64.ports.cooldown";

    /** The setting of {@link #lease}, an ISO-8601 duration. */
    public static final String LEASE_SETTING = "a64.ports.lease";

    /** The setting of {@link #node}. */
    public static final String NODE_SETTING = "a64.node";

    private static final Pattern NODE = Pattern.compile("[a-z0-9][a-z0-9_-]{0,39}");
    private static final String NODE_RULE = "match " + NODE.pattern();
    private static final Duration DEFAULT_LEASE = Duration.ofMinutes(5);
    private static final Duration DEFAULT_COOLDOWN = Duration.ofSeconds(30);
    private static final RegistrySettings DEFAULTS =
            new RegistrySettings(PortRange.DEFAULT, STACK_PORTS, DEFAULT_LEASE, DEFAULT_COOLDOWN, LOCAL_NODE);

    public RegistrySettings {
        Objects.requireNonNull(range, "range");
        reserved = List.copyOf(reserved);
        if (lease.isNegative() || lease.isZero()) {
            throw new InvalidInputException("lease", lease, "be more than zero");
        }
        if (cooldown.isNegative()) {
            throw new InvalidInputException("cooldown", cooldown, "be zero or more");
        }
        if (!NODE.matcher(node).matches()) {
            throw new InvalidInputException("node", node, NODE_RULE);
        }
        if (range.without(reserved).isEmpty()) {
            throw new InvalidInputException("port range", range, "hold a port that is not reserved");
        }
    }

    /** Returns 9000–19999 without the ports of the stacks, a lease of 5 minutes, a cooldown of 30 seconds, node local. */
    public static RegistrySettings defaults() {
        return DEFAULTS;
    }

    /**
     * Returns the defaults, changed by the settings whose names are constants of this type.
     *
     * @throws InvalidSettingException if one of them cannot be used
     */
    public static RegistrySettings from(Settings settings) {
        PortRange range = settings.parsed(
                        RANGE_SETTING, "FIRST-LAST, such as 9000-19999", InvalidInputException.class, PortRange::parse)
                .orElse(PortRange.DEFAULT);
        List<PortRange> reserved = reserved(settings);
        Duration lease = settings.duration(LEASE_SETTING).orElse(DEFAULT_LEASE);
        if (lease.isZero()) {
            throw new InvalidSettingException(LEASE_SETTING, lease.toString(), "a duration of more than zero");
        }
        if (range.without(reserved).isEmpty()) {
            throw new InvalidSettingException(
                    RANGE_SETTING, range.toString(), "a range with at least one port that is not reserved");
        }
        Duration cooldown = settings.duration(COOLDOWN_SETTING).orElse(DEFAULT_COOLDOWN);
        return new RegistrySettings(range, reserved, lease, cooldown, node(settings));
    }

    private static List<PortRange> reserved(Settings settings) {
        List<PortRange> reserved = new ArrayList<>(STACK_PORTS);
        settings.parsed(
                        RESERVED_SETTING,
                        "ports and ranges separated by commas, such as 9100,9200-9210",
                        InvalidInputException.class,
                        PortRange::parseList)
                .ifPresent(reserved::addAll);
        return reserved;
    }

    private static String node(Settings settings) {
        String node = settings.text(NODE_SETTING).orElse(LOCAL_NODE);
        if (!NODE.matcher(node).matches()) {
            throw new InvalidSettingException(NODE_SETTING, node, "a name that must " + NODE_RULE);
        }
        return node;
    }

    /** Returns these settings with another range. */
    public RegistrySettings withRange(PortRange newRange) {
        return new RegistrySettings(newRange, reserved, lease, cooldown, node);
    }

    /** Returns these settings with exactly these ports reserved, those of the stacks only if they are named. */
    public RegistrySettings withReserved(List<PortRange> newReserved) {
        return new RegistrySettings(range, newReserved, lease, cooldown, node);
    }

    /** Returns these settings with another lease. */
    public RegistrySettings withLease(Duration newLease) {
        return new RegistrySettings(range, reserved, newLease, cooldown, node);
    }

    /** Returns these settings with another cooldown. */
    public RegistrySettings withCooldown(Duration newCooldown) {
        return new RegistrySettings(range, reserved, lease, newCooldown, node);
    }

    /** Returns these settings for another node. */
    public RegistrySettings withNode(String newNode) {
        return new RegistrySettings(range, reserved, lease, cooldown, newNode);
    }
}
