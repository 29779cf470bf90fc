package io.a64.container.docker;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Where the id of the container that this process runs in may be found. None of these places is reliable: the id of
 * another container, or none, may stand there, so each candidate has to be checked with the engine.
 */
final class OwnContainerId {

    private static final Pattern MOUNT =
            Pattern.compile("/([0-9a-f]{64})/(?:userdata/)?(?:hostname|hosts|resolv\\.conf) ");
    private static final Pattern CGROUP = Pattern.compile("([0-9a-f]{64})(?:\\.scope)?$", Pattern.MULTILINE);
    /** Docker's own choice of a host name; any other name could be the name of another container. */
    private static final Pattern HOST_NAME = Pattern.compile("^([0-9a-f]{12,64})$", Pattern.MULTILINE);

    private final Path root;

    /** @param root the root of the file system, {@code /} but for tests */
    OwnContainerId(Path root) {
        this.root = root;
    }

    /** Returns what may be the id or its beginning, the likeliest first. */
    List<String> candidates() {
        Set<String> found = new LinkedHashSet<>();
        collect("proc/self/mountinfo", MOUNT, found::add);
        collect("proc/self/cgroup", CGROUP, found::add);
        collect("etc/hostname", HOST_NAME, name -> {
            if (found.stream().noneMatch(id -> id.startsWith(name))) {
                found.add(name);
            }
        });
        return List.copyOf(found);
    }

    private void collect(String file, Pattern pattern, Consumer<String> found) {
        Matcher matcher = pattern.matcher("");
        try (Stream<String> lines = Files.lines(root.resolve(file), StandardCharsets.ISO_8859_1)) {
            lines.forEach(line -> {
                matcher.reset(line);
                while (matcher.find()) {
                    found.accept(matcher.group(1));
                }
            });
        } catch (IOException e) {
            // not there outside Linux; one source less
            return;
        }
    }
}
