package io.a64.ports;

import io.a64.InvalidInputException;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Ports set apart under a name, for the modules of a family or for whoever asks for the pool. Pools may overlap each
 * other: a port belongs to whoever got it first. The general range leaves the ports of every pool alone.
 *
 * @param name lower-case letters, digits and {@code -}, at most 40; not {@code general}
 * @param ranges where ports are taken from first
 * @param expansion where they are taken from when nothing is left there
 * @param modules the modules that get their ports here without asking: names, or beginnings of names that end in
 *     {@code *}
 */
public record PortPool(String name, List<PortRange> ranges, List<PortRange> expansion, List<String> modules) {

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,39}");
    private static final Pattern MODULES = Pattern.compile("[a-z0-9-]{1,63}\\*?|\\*");

    public PortPool {
        ranges = List.copyOf(ranges);
        expansion = List.copyOf(expansion);
        modules = List.copyOf(modules);
        if (!NAME.matcher(name).matches() || name.equals(PoolStatistics.GENERAL)) {
            throw new InvalidInputException(
                    "pool", name, "match " + NAME.pattern() + " and not be " + PoolStatistics.GENERAL);
        }
        if (ranges.isEmpty()) {
            throw new InvalidInputException("pool " + name, ranges, "hold at least one range");
        }
        for (String pattern : modules) {
            if (!MODULES.matcher(pattern).matches()) {
                throw new InvalidInputException(
                        "pool " + name, pattern, "name modules, or beginnings of names followed by *");
            }
        }
    }

    /** Creates a pool that only those get ports of who ask for it. */
    public static PortPool of(String name, PortRange... ranges) {
        return new PortPool(name, List.of(ranges), List.of(), List.of());
    }

    /** Returns this pool with further ranges, used when the first are full. */
    public PortPool expandingInto(PortRange... further) {
        return new PortPool(name, ranges, List.of(further), modules);
    }

    /** Returns this pool for these modules. */
    public PortPool forModules(String... patterns) {
        return new PortPool(name, ranges, expansion, List.of(patterns));
    }

    /** Returns whether the module gets its ports here without asking. */
    public boolean isFor(String module) {
        return modules.stream().anyMatch(pattern -> matches(pattern, module));
    }

    private static boolean matches(String pattern, String module) {
        return pattern.endsWith("*")
                ? module.startsWith(pattern.substring(0, pattern.length() - 1))
                : module.equals(pattern);
    }
}
