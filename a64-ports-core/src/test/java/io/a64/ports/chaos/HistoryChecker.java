package io.a64.ports.chaos;

import io.a64.ports.chaos.HistoryEvent.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Judges the histories of all workers and what the registry holds in the end. A claim's interval is never longer than
 * the truth – from the answer of the allocation to the call of the release – so that whatever overlaps is wrong.
 */
final class HistoryChecker {
    /** The registry's times are whole milliseconds. */
    private static final long SLACK = Duration.ofMillis(5).toNanos();

    private static final long LEASE = ChaosPlan.LEASE.toNanos() - SLACK;
    private static final long COOLDOWN = ChaosPlan.COOLDOWN.toNanos() - SLACK;

    private final Collection<ClaimStory> stories;
    private final List<HistoryEvent> events;
    private final List<String> duplicates = new ArrayList<>();
    private final List<String> tooSoon = new ArrayList<>();

    HistoryChecker(List<HistoryEvent> events) {
        this.events = events;
        stories = ClaimStory.tell(events);
    }

    /**
     * A port that somebody holds.
     *
     * @param port the port
     * @param owner who holds it
     */
    record Held(int port, String owner) {}

    /**
     * The time in which nobody else may hold a port.
     *
     * @param rests whether the cooldown follows
     */
    private record Interval(String owner, long from, long to, boolean rests) {}

    /** Returns what is wrong, given the ports that are active in the registry after all leases have lapsed. */
    Verdict judge(Collection<Held> active) {
        intervals().forEach(this::judge);
        Set<Held> kept = kept();
        return new Verdict(
                duplicates,
                tooSoon,
                lost(active, kept),
                active.stream()
                        .filter(held -> !kept.contains(held))
                        .map(Held::toString)
                        .toList(),
                events.stream()
                        .filter(event -> event.kind() == Kind.BROKEN)
                        .map(HistoryEvent::line)
                        .toList());
    }

    /** Returns how many allocations were acknowledged. */
    long allocations() {
        return stories.stream().filter(story -> story.allocation().isPresent()).count();
    }

    /** Returns how many ports were acknowledged, each as often as it was. */
    long ports() {
        return stories.stream()
                .flatMap(story -> story.allocation().stream())
                .mapToLong(allocation -> allocation.ports().size())
                .sum();
    }

    /** Returns how many confirmations were refused, as they are when the lease was over. */
    long refusals() {
        return events.stream()
                .filter(event -> event.kind() == Kind.CONFIRMED && !event.isYes())
                .count();
    }

    /** Returns how many events of a kind there are. */
    long count(Kind kind) {
        return events.stream().filter(event -> event.kind() == kind).count();
    }

    /** Returns the ports whose claims were confirmed and never released. */
    Set<Held> kept() {
        return stories.stream()
                .filter(ClaimStory::isKept)
                .flatMap(HistoryChecker::ports)
                .collect(Collectors.toSet());
    }

    private static Stream<Held> ports(ClaimStory story) {
        return story.allocation().stream()
                .flatMap(allocation -> allocation.ports().values().stream())
                .map(port -> new Held(port, story.owner()));
    }

    private Map<Integer, List<Interval>> intervals() {
        Map<Integer, List<Interval>> intervals = new TreeMap<>();
        for (ClaimStory story : stories) {
            Interval interval =
                    new Interval(story.owner(), story.allocatedAt(), story.heldUntil(LEASE), story.restsAfterwards());
            if (interval.from() < interval.to()) {
                ports(story)
                        .forEach(held -> intervals
                                .computeIfAbsent(held.port(), port -> new ArrayList<>())
                                .add(interval));
            }
        }
        return intervals;
    }

    private void judge(int port, List<Interval> intervals) {
        intervals.sort(Comparator.comparingLong(Interval::from));
        Interval last = intervals.get(0);
        for (Interval next : intervals.subList(1, intervals.size())) {
            if (next.from() < last.to()) {
                duplicates.add(port + ": " + next + " during " + last);
            } else if (last.rests() && next.from() - last.to() < COOLDOWN) {
                tooSoon.add(port + ": " + next + " " + TimeUnit.NANOSECONDS.toMillis(next.from() - last.to())
                        + " ms after " + last);
            }
            last = next.to() > last.to() ? next : last;
        }
    }

    private List<String> lost(Collection<Held> active, Set<Held> kept) {
        Set<Held> gone = new HashSet<>(kept);
        gone.removeAll(active);
        List<String> lost = new ArrayList<>();
        gone.forEach(held -> lost.add(held + " is confirmed, but the registry does not hold it"));
        for (ClaimStory story : stories) {
            if (story.isMissedByItsRelease()) {
                lost.add(story.owner() + " was confirmed, but its release found nothing");
            }
            if (story.isRefusedTooEarly(LEASE)) {
                lost.add(story.owner() + " was refused before its lease was over");
            }
        }
        return lost;
    }
}
