package io.a64.ports;

import java.util.List;

/**
 * What is taken and what is left of one pool, at one moment. The counts add up to the size.
 *
 * @param name the pool; {@link #GENERAL} for the general range
 * @param ranges where ports are taken from first
 * @param expansion where they are taken from when nothing is left there
 * @param size how many ports may be handed out, expansion included
 * @param available ports that could be given out now
 * @param allocated ports that modules hold
 * @param reserved ports set aside for modules that are not installed yet
 * @param cooling released ports that wait for the end of their cooldown
 * @param quarantined ports found to be held by something that is not ours
 */
public record PoolStatistics(
        String name,
        List<PortRange> ranges,
        List<PortRange> expansion,
        int size,
        int available,
        int allocated,
        int reserved,
        int cooling,
        int quarantined) {

    /** The name under which the general range is shown. */
    public static final String GENERAL = "general";

    public PoolStatistics {
        ranges = List.copyOf(ranges);
        expansion = List.copyOf(expansion);
    }
}
