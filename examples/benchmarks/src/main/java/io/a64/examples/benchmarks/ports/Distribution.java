package io.a64.examples.benchmarks.ports;

import java.util.Collection;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** How often each number occurred. Immutable. */
final class Distribution {

    private final SortedMap<Integer, Integer> counts = new TreeMap<>();
    private final int total;

    private Distribution(Collection<Integer> numbers) {
        numbers.forEach(number -> counts.merge(number, 1, Integer::sum));
        total = numbers.size();
    }

    static Distribution of(Collection<Integer> numbers) {
        return new Distribution(numbers);
    }

    int median() {
        int below = 0;
        for (Map.Entry<Integer, Integer> entry : counts.entrySet()) {
            below += entry.getValue();
            if (2 * below > total) {
                return entry.getKey();
            }
        }
        throw new IllegalStateException("no numbers");
    }

    int max() {
        return counts.lastKey();
    }

    @Override
    public String toString() {
        return counts.entrySet().stream()
                .map(entry -> entry.getKey() + " ×" + entry.getValue())
                .collect(Collectors.joining(", "));
    }
}
