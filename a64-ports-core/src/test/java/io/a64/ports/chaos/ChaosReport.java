package io.a64.ports.chaos;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a run did, and what came of it.
 *
 * @param allocations how many allocations were acknowledged
 * @param ports how many ports these were
 * @param kept how many ports were held in the end
 * @param refused how many confirmations came after the lease and were refused
 * @param failed how many calls failed because of an outage, or because the ports were exhausted
 * @param kills how many workers were killed
 * @param recovered how many of their claims their successors released
 * @param losses how often the primary was lost, and how
 * @param rollbacks how often a server took back what it had written
 * @param lostRequests how many writes were cut off before they were done
 * @param delayedRequests how many writes were done late
 * @param lostReplies how many writes were cut off after they were done
 * @param time how long it took
 */
record ChaosReport(
        ChaosPlan plan,
        long allocations,
        long ports,
        int kept,
        long refused,
        long failed,
        int kills,
        long recovered,
        Map<LossOfPrimary, Integer> losses,
        long rollbacks,
        long lostRequests,
        long delayedRequests,
        long lostReplies,
        Duration time,
        Verdict verdict) {

    private static final int EXAMPLES = 5;

    /** Returns the table of the run, and below it the first findings of each kind. */
    String text() {
        Map<String, Object> rows = new LinkedHashMap<>();
        rows.put("seed", plan.seed());
        rows.put("planted fault", plan.fault().title());
        rows.put("seconds", time.toSeconds());
        rows.put("allocations", allocations);
        rows.put("ports", ports);
        rows.put("ports kept to the end", kept);
        rows.put("confirmed too late", refused);
        rows.put("calls failed", failed);
        rows.put("workers killed (kill -9)", kills);
        rows.put("claims recovered", recovered);
        for (LossOfPrimary loss : LossOfPrimary.values()) {
            rows.put("primary lost: " + loss, losses.getOrDefault(loss, 0));
        }
        rows.put("rollbacks", rollbacks);
        rows.put("lost requests", lostRequests);
        rows.put("delayed requests", delayedRequests);
        rows.put("lost replies", lostReplies);
        rows.put("DUPLICATES", verdict.duplicates().size());
        rows.put("TOO SOON", verdict.tooSoon().size());
        rows.put("LOST", verdict.lost().size());
        rows.put("LEAKED", verdict.leaked().size());
        rows.put("BROKEN CALLS", verdict.broken().size());
        return rows.entrySet().stream()
                        .map(row -> String.format("| %-25s | %20s |%n", row.getKey(), row.getValue()))
                        .collect(Collectors.joining())
                + examples("duplicate", verdict.duplicates())
                + examples("too soon", verdict.tooSoon())
                + examples("lost", verdict.lost())
                + examples("leaked", verdict.leaked())
                + examples("broken", verdict.broken());
    }

    private static String examples(String kind, List<String> findings) {
        return findings.stream()
                .limit(EXAMPLES)
                .map(finding -> kind + ": " + finding + System.lineSeparator())
                .collect(Collectors.joining());
    }
}
