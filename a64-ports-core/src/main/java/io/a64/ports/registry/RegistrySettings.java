package io.a64.ports.registry;

import io.a64.InvalidInputException;
import io.a64.ports.PortPool;
import io.a64.ports.PortRange;
import io.a64.spi.InvalidSettingException;
import io.a64.spi.Settings;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * How a registry hands out ports. Hosts that share a registry should use the same values.
 *
 * @param range the general range
 * @param expansion where ports are taken from when nothing is left in the range
 * @param reserved ports that are never handed out
 * @param pools ports set apart; the general range leaves them alone
 * @param strategy which of the free ports is handed out
 * @param lease how long a reservation lasts that is neither confirmed nor renewed; a deployment renews it in time
 * @param cooldown how long a port rests that a container has had; zero means not at all
 * @param quarantine how long a port rests that something else was found to be bound to
 * @param node whose ports these are: two nodes may hold the same number. Lower-case letters, digits, {@code _} and
 *     {@code -}, at most 40
 */
public record RegistrySettings(
        PortRange range,
        List<PortRange> expansion,
        List<PortRange> reserved,
        List<PortPool> pools,
        PortStrategy strategy,
        Duration lease,
        Duration cooldown,
        Duration quarantine,
        String node) {

    /** The public ports of the stacks (source system B), which lie within the default range. */
    public static final List<PortRange> STACK_PORTS =
            List.of(new PortRange(12000, 12000), new PortRange(13000, 13000), new PortRange(14000, 14000));

    /** The pools of the stacks (source system B), which lie within the default range. */
    public static final List<PortPool> STACK_POOLS = List.of(
            PortPool.of("flask", new PortRange(15000, 15099)),
            PortPool.of("django", new PortRange(16000, 16099)),
            PortPool.of("mern-backend", new PortRange(17000, 17099)),
            PortPool.of("mern-frontend", new PortRange(18000, 18099)));

    /** The node whose documents are source system A's own. */
    public static final String LOCAL_NODE = "local";

    /** The setting of {@link #range}, such as {@code 9000-19999}. */
    public static final String RANGE_SETTING = "a64.ports.range";

    /** The setting of {@link #expansion}, such as {@code 20000-20999,22000-22999}. */
    public static final String EXPANSION_SETTING = "a64.ports.expansion";

    /** The setting of ports that are reserved besides {@link #STACK_PORTS}, such as {@code 9100,9200-9210}. */
    public static final String RESERVED_SETTING = "a64.ports.reserved";

    /** The setting of pools besides {@link #STACK_POOLS}, see {@link PoolNotation}. */
    public static final String POOLS_SETTING = "a64.ports.pools";

    /** The setting of {@link #strategy}, {@code lowest} or {@code spread}. */
    public static final String STRATEGY_SETTING = "a64.ports.strategy";

    /** The setting of {@link #cooldown}, an ISO-8601 duration. */
    public static final String COOLDOWN_SETTING = "a64.ports.cooldown";

    /** The setting of {@link #quarantine}, an ISO-8601 duration. */
    public static final String QUARANTINE_SETTING = "a64.ports.quarantine";

    /** The setting of {@link #lease}, an ISO-8601 duration. */
    public static final String LEASE_SETTING = "a64.ports.lease";

    /** The setting of {@link #node}. */
    public static final String NODE_SETTING = "a64.node";

    static final Pattern NODE = Pattern.compile("[a-z0-9][a-z0-9_-]{0,39}");
    static final Duration DEFAULT_LEASE = Duration.ofMinutes(5);
    static final Duration DEFAULT_COOLDOWN = Duration.ofSeconds(30);
    static final Duration DEFAULT_QUARANTINE = Duration.ofMinutes(5);

    private static final RegistrySettings DEFAULTS = new RegistrySettings(
            PortRange.DEFAULT,
            List.of(),
            STACK_PORTS,
            STACK_POOLS,
            PortStrategy.LOWEST,
            DEFAULT_LEASE,
            DEFAULT_COOLDOWN,
            DEFAULT_QUARANTINE,
            LOCAL_NODE);

    public RegistrySettings {
        Objects.requireNonNull(range, "range");
        Objects.requireNonNull(strategy, "strategy");
        expansion = List.copyOf(expansion);
        reserved = List.copyOf(reserved);
        pools = List.copyOf(pools);
        requirePositive("lease", lease);
        requirePositive("quarantine", quarantine);
        if (cooldown.isNegative()) {
            throw new InvalidInputException("cooldown", cooldown, "be zero or more");
        }
        if (!NODE.matcher(node).matches()) {
            throw new InvalidInputException("node", node, "match " + NODE.pattern());
        }
        requirePoolNames(pools);
    }

    /** Creates settings of a general range without expansion and pools. */
    public RegistrySettings(PortRange range, List<PortRange> reserved, Duration lease, Duration cooldown, String node) {
        this(range, List.of(), reserved, List.of(), PortStrategy.LOWEST, lease, cooldown, DEFAULT_QUARANTINE, node);
    }

    private static void requirePositive(String field, Duration duration) {
        if (duration.isNegative() || duration.isZero()) {
            throw new InvalidInputException(field, duration, "be more than zero");
        }
    }

    private static void requirePoolNames(List<PortPool> pools) {
        Set<String> names = new HashSet<>();
        for (PortPool pool : pools) {
            if (!names.add(pool.name())) {
                throw new InvalidInputException("pool", pool.name(), "have a name of its own");
            }
        }
    }

    /**
     * Returns 9000–19999 without the ports of the stacks, whose pools are set apart; a lease of 5 minutes, a cooldown of
     * 30 seconds, a quarantine of 5 minutes, node local.
     */
    public static RegistrySettings defaults() {
        return DEFAULTS;
    }

    /**
     * Returns the defaults, changed by the settings whose names are constants of this type.
     *
     * @throws InvalidSettingException if one of them cannot be used
     */
    public static RegistrySettings from(Settings settings) {
        return new RegistrySettingsReader(settings).read();
    }

    Rests rests() {
        return new Rests(lease, cooldown, quarantine);
    }

    /** Returns these settings with another general range. */
    public RegistrySettings withRange(PortRange newRange) {
        return new RegistrySettings(newRange, expansion, reserved, pools, strategy, lease, cooldown, quarantine, node);
    }

    /** Returns these settings with ranges that ports are taken from when nothing is left in the general one. */
    public RegistrySettings withExpansion(PortRange... further) {
        return new RegistrySettings(
                range, List.of(further), reserved, pools, strategy, lease, cooldown, quarantine, node);
    }

    /** Returns these settings with exactly these ports reserved, the stacks' public ones only if they are named. */
    public RegistrySettings withReserved(List<PortRange> newReserved) {
        return new RegistrySettings(range, expansion, newReserved, pools, strategy, lease, cooldown, quarantine, node);
    }

    /** Returns these settings with exactly these pools, those of the stacks only if they are named. */
    public RegistrySettings withPools(PortPool... newPools) {
        return new RegistrySettings(
                range, expansion, reserved, List.of(newPools), strategy, lease, cooldown, quarantine, node);
    }

    /** Returns these settings with another strategy. */
    public RegistrySettings withStrategy(PortStrategy newStrategy) {
        return new RegistrySettings(range, expansion, reserved, pools, newStrategy, lease, cooldown, quarantine, node);
    }

    /** Returns these settings with another lease. */
    public RegistrySettings withLease(Duration newLease) {
        return new RegistrySettings(range, expansion, reserved, pools, strategy, newLease, cooldown, quarantine, node);
    }

    /** Returns these settings with another cooldown. */
    public RegistrySettings withCooldown(Duration newCooldown) {
        return new RegistrySettings(range, expansion, reserved, pools, strategy, lease, newCooldown, quarantine, node);
    }

    /** Returns these settings with another quarantine. */
    public RegistrySettings withQuarantine(Duration newQuarantine) {
        return new RegistrySettings(range, expansion, reserved, pools, strategy, lease, cooldown, newQuarantine, node);
    }

    /** Returns these settings for another node. */
    public RegistrySettings withNode(String newNode) {
        return new RegistrySettings(range, expansion, reserved, pools, strategy, lease, cooldown, quarantine, newNode);
    }
}
