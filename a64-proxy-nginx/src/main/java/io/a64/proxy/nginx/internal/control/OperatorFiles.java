package io.a64.proxy.nginx.internal.control;

import io.a64.Deadline;
import io.a64.proxy.nginx.internal.NginxFailure;
import io.a64.proxy.nginx.internal.control.Machine.Matched;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The operator's configuration: the main file, and what it includes as far as that can be followed.
 *
 * @param main the main file
 * @param texts the files by their paths
 * @param matches the files that each include pattern matches, in NGINX's order
 */
record OperatorFiles(Path main, Map<Path, String> texts, Map<Path, List<Path>> matches) {

    private static final int DEEPEST = 10;

    /** Returns the text of the main file alone. */
    static String readMain(Machine machine, Path main, Deadline deadline) throws NginxFailure {
        Matched found = matched(machine, Set.of(main), deadline).get(main);
        String text = found == null ? null : found.texts().get(main);
        if (text == null) {
            throw NginxFailure.unavailable("there is no main configuration " + main, List.of());
        }
        return text;
    }

    /**
     * Reads the files.
     *
     * @param passedOver tells patterns that are not to be followed
     */
    static OperatorFiles read(Machine machine, Path main, Predicate<Path> passedOver, Deadline deadline)
            throws NginxFailure {
        OperatorFiles files = new OperatorFiles(main, new HashMap<>(), new HashMap<>());
        files.texts.put(main, readMain(machine, main, deadline));
        Set<Path> patterns = files.includedBy(List.of(main), passedOver);
        for (int depth = 0; depth < DEEPEST && !patterns.isEmpty(); depth++) {
            List<Path> fresh = files.take(matched(machine, patterns, deadline));
            patterns = files.includedBy(fresh, passedOver);
        }
        return files;
    }

    /** NGINX refuses a directory and a link to nowhere, and hangs at a FIFO: neither is worth trying. */
    private static Map<Path, Matched> matched(Machine machine, Set<Path> patterns, Deadline deadline)
            throws NginxFailure {
        Map<Path, Matched> found = machine.readAll(patterns, deadline);
        for (Map.Entry<Path, Matched> entry : found.entrySet()) {
            List<Path> unreadable = entry.getValue().unreadable();
            if (!unreadable.isEmpty()) {
                throw NginxFailure.unavailable(
                        "NGINX's configuration includes " + entry.getKey() + ", which matches " + unreadable
                                + ": not readable as a file; remove it",
                        unreadable.stream().map(Path::toString).toList());
            }
        }
        return found;
    }

    /** Returns the files that were not known before. */
    private List<Path> take(Map<Path, Matched> found) {
        List<Path> fresh = new ArrayList<>();
        found.forEach((pattern, matched) -> {
            matches.put(pattern, List.copyOf(matched.texts().keySet()));
            matched.texts().forEach((file, text) -> {
                if (texts.putIfAbsent(file, text) == null) {
                    fresh.add(file);
                }
            });
        });
        return fresh;
    }

    private Set<Path> includedBy(List<Path> files, Predicate<Path> passedOver) {
        Set<Path> patterns = new LinkedHashSet<>();
        for (Path file : files) {
            new ConfigurationText(text(file))
                    .includes().stream()
                            .map(this::resolve)
                            .filter(pattern -> !passedOver.test(pattern) && !matches.containsKey(pattern))
                            .forEach(patterns::add);
        }
        return patterns;
    }

    /** NGINX resolves a relative include from the directory of the main file, whichever file it stands in. */
    Path resolve(String pattern) {
        return main.resolveSibling(pattern).normalize();
    }

    String text(Path file) {
        return texts.getOrDefault(file, "");
    }

    List<Path> matching(Path pattern) {
        return matches.getOrDefault(pattern, List.of());
    }
}
