package io.a64.ports;

import io.a64.InvalidInputException;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The ports from {@code first} to {@code last}, both included.
 *
 * @param first 1 to 65535
 * @param last {@code first} to 65535
 */
public record PortRange(int first, int last) implements Comparable<PortRange> {

    /** The range of source system A, 11,000 ports. */
    public static final PortRange DEFAULT = new PortRange(9000, 19999);

    private static final Pattern TEXT = Pattern.compile("([0-9]{1,5})(?:\\s*-\\s*([0-9]{1,5}))?");

    public PortRange {
        if (first < 1 || last > 65535 || first > last) {
            throw new InvalidInputException("port range", first + "-" + last, "be FIRST-LAST within 1 and 65535");
        }
    }

    /**
     * Reads {@code 9000-19999} or a single port.
     *
     * @throws InvalidInputException if the text is neither
     */
    public static PortRange parse(String text) {
        Matcher matcher = TEXT.matcher(text.trim());
        if (!matcher.matches()) {
            throw new InvalidInputException("port range", text, "be FIRST-LAST or one port, such as 9000-19999");
        }
        int first = Integer.parseInt(matcher.group(1));
        return new PortRange(first, matcher.group(2) == null ? first : Integer.parseInt(matcher.group(2)));
    }

    /**
     * Reads ranges and single ports separated by commas, such as {@code 9100,9200-9210}.
     *
     * @throws InvalidInputException if a part is neither
     */
    public static List<PortRange> parseList(String text) {
        return Pattern.compile(",")
                .splitAsStream(text)
                .map(PortRange::parse)
                .sorted()
                .toList();
    }

    /** Returns how many ports it holds. */
    public int size() {
        return last - first + 1;
    }

    /** Returns whether the port lies in it. */
    public boolean contains(int port) {
        return port >= first && port <= last;
    }

    /** Returns whether a port lies in both ranges. */
    public boolean overlaps(PortRange other) {
        return first <= other.last && last >= other.first;
    }

    /** Returns the ports of this range that lie in none of the others, sorted. */
    public SortedSet<Integer> without(Collection<PortRange> others) {
        SortedSet<Integer> ports = new TreeSet<>();
        for (int port = first; port <= last; port++) {
            int candidate = port;
            if (others.stream().noneMatch(other -> other.contains(candidate))) {
                ports.add(port);
            }
        }
        return ports;
    }

    @Override
    public int compareTo(PortRange other) {
        return Comparator.comparingInt(PortRange::first)
                .thenComparingInt(PortRange::last)
                .compare(this, other);
    }

    @Override
    public String toString() {
        return first + "-" + last;
    }
}
