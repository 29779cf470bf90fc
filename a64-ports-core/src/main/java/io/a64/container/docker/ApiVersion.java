package io.a64.container.docker;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A version of the Docker Engine API. The ranges of engines are disjoint (20.10 speaks at most 1.41, 29.0 at least
 * 1.44), so the version is agreed upon with each engine, never assumed.
 */
record ApiVersion(int major, int minor) implements Comparable<ApiVersion> {

    /** Engine 20.10; older ones lack what we rely on. */
    static final ApiVersion OLDEST = new ApiVersion(1, 41);
    /** The newest whose answers we have read the description of. */
    static final ApiVersion NEWEST = new ApiVersion(1, 51);

    private static final Pattern TEXT = Pattern.compile("(\\d{1,4})\\.(\\d{1,4})");
    private static final Comparator<ApiVersion> ORDER =
            Comparator.comparingInt(ApiVersion::major).thenComparingInt(ApiVersion::minor);

    static Optional<ApiVersion> parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        return matcher.matches()
                ? Optional.of(new ApiVersion(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2))))
                : Optional.empty();
    }

    /** Returns the newest version that both sides speak, empty if there is none. */
    static Optional<ApiVersion> agree(ApiVersion engineOldest, ApiVersion engineNewest) {
        ApiVersion best = engineNewest.compareTo(NEWEST) < 0 ? engineNewest : NEWEST;
        boolean spoken = best.compareTo(OLDEST) >= 0 && best.compareTo(engineOldest) >= 0;
        return spoken ? Optional.of(best) : Optional.empty();
    }

    @Override
    public int compareTo(ApiVersion other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return major + "." + minor;
    }
}
