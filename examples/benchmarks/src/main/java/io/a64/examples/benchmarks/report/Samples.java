package io.a64.examples.benchmarks.report;

import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** Measured values of one kind. Immutable. */
public final class Samples {

    private final List<Double> sorted;

    private Samples(List<Double> sorted) {
        this.sorted = sorted;
    }

    /**
     * Sums up values.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Samples of(Collection<Double> values) {
        if (values.isEmpty()) {
            throw new IllegalArgumentException("no values");
        }
        return new Samples(values.stream().sorted().toList());
    }

    /** Returns how many there are. */
    public int size() {
        return sorted.size();
    }

    /** Returns the smallest. */
    public double min() {
        return quantile(0);
    }

    /** Returns the one in the middle, the upper one of two. */
    public double median() {
        return quantile(0.5);
    }

    /** Returns the largest. */
    public double max() {
        return quantile(1);
    }

    /** Returns the value that this share of all, from 0 to 1, lies below. */
    public double quantile(double share) {
        return sorted.get(Math.min(sorted.size() - 1, (int) (share * sorted.size())));
    }

    /** Returns {@code median (min–max)}, each in this format. */
    public String withSpread(String format) {
        return String.format(Locale.ROOT, format + " (" + format + "–" + format + ")", median(), min(), max());
    }
}
