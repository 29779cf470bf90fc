package io.a64.ports.registry;

import io.a64.InvalidInputException;
import io.a64.ports.PoolStatistics;
import io.a64.ports.PortPool;
import io.a64.ports.PortRange;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Pools as one line of text: {@code NAME=RANGES}, then {@code +RANGES} of the expansion, then {@code @MODULES}, the
 * latter two if there are any; pools are separated by {@code ;}. Example: {@code
 * media=30000-30099,30200-30299+31000-31099@media-*,video; batch=32000-32099}.
 */
public final class PoolNotation {
    /** What is accepted, for messages. */
    static final String ACCEPTED = "pools NAME=RANGES[+EXPANSION][@MODULES] separated by ;, such as"
            + " media=30000-30099+31000-31099@media-*,video; batch=32000-32099";

    private static final Pattern POOL = Pattern.compile("([^=]+)=([^+@]+)(?:\\+([^@]+))?(?:@(.+))?");
    private static final Pattern SEMICOLON = Pattern.compile(";");
    private static final Pattern COMMA = Pattern.compile(",");

    private PoolNotation() {}

    /**
     * Reads the pools of a text.
     *
     * @throws InvalidInputException if it does not follow the notation, names a pool twice, or names one general
     */
    public static List<PortPool> parse(String text) {
        List<PortPool> pools = new ArrayList<>();
        for (String part : SEMICOLON.splitAsStream(text).map(String::trim).toList()) {
            PortPool pool = pool(part);
            if (pools.stream().anyMatch(other -> other.name().equals(pool.name()))) {
                throw new InvalidInputException("pools", pool.name(), "be named once");
            }
            if (pool.name().equals(PoolStatistics.GENERAL)) {
                throw new InvalidInputException("pools", pool.name(), "not have the name of the general range");
            }
            pools.add(pool);
        }
        return pools;
    }

    private static PortPool pool(String text) {
        Matcher matcher = POOL.matcher(text);
        if (!matcher.matches()) {
            throw new InvalidInputException("pools", text, "be " + ACCEPTED);
        }
        return new PortPool(
                matcher.group(1).trim(),
                PortRange.parseList(matcher.group(2)),
                matcher.group(3) == null ? List.of() : PortRange.parseList(matcher.group(3)),
                matcher.group(4) == null ? List.of() : names(matcher.group(4)));
    }

    private static List<String> names(String text) {
        return COMMA.splitAsStream(text).map(String::trim).toList();
    }
}
