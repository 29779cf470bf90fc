package io.a64.proxy.nginx.internal.control;

import io.a64.Deadline;
import io.a64.proxy.nginx.internal.NginxFailure;
import io.a64.proxy.nginx.internal.generation.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A copy of the operator's configuration in which our includes lead to a staged generation, so that it can be tested
 * before anything in force is touched: were the link swapped first and tested then, a crash in between, or a reload by
 * somebody else, would meet an untested tree.
 *
 * <p>The copy of the main file lies beside it, because NGINX resolves certificates and other relative paths from the
 * directory of the main file. Files that reach our includes through includes of their own are copied into our own
 * directory, because theirs may be read-only where NGINX runs.
 */
final class StagedConfiguration implements AutoCloseable {

    private static final Duration CLEANING_LIMIT = Duration.ofSeconds(10);
    private static final List<String> NEEDED = List.of("a64/current/http*.conf", "a64/current/server*.conf");

    private final Machine machine;
    private final Path main;
    private final Path mainCopy;
    private final Path folder;
    private final Path folderAsSeen;
    private final Set<Path> ours;
    private final Path staged;
    private final OperatorFiles files;
    private final Map<Path, Path> replacements = new HashMap<>();
    private final Map<String, String> copies = new HashMap<>();
    private final Set<PathMatcher> included = new HashSet<>();

    /**
     * Reads the operator's configuration.
     *
     * @param main its main file
     * @param currentLink where the generation in force is included from
     * @param stagedLocally the generation that it is to lead to in the copy, beside those that were in force
     */
    StagedConfiguration(Machine machine, Path main, Path currentLink, Path stagedLocally, Deadline deadline)
            throws NginxFailure {
        this.machine = machine;
        this.main = main;
        this.ours = machine.names(currentLink, deadline);
        this.staged = machine.asSeen(stagedLocally, deadline);
        this.folder = stagedLocally.resolveSibling(".test");
        this.folderAsSeen = staged.resolveSibling(".test");
        this.mainCopy =
                main.resolveSibling("." + main.getFileName() + ".a64-test-" + Sha256.hex(currentLink.toString(), 8));
        this.files = OperatorFiles.read(machine, main, this::isOurs, deadline);
    }

    private boolean isOurs(Path pattern) {
        return ours.stream().anyMatch(pattern::startsWith);
    }

    /**
     * Writes the copies and returns the main one.
     *
     * @throws NginxFailure if one of the two includes is missing: no reload could ever bring our files in
     */
    Path write(Deadline deadline) throws NginxFailure {
        replacements.put(main, main);
        String text = rewrittenMain();
        requireAllIncludes();
        copies.put(mainCopy.toString(), main.toString());
        machine.write(mainCopy, text, deadline);
        return mainCopy;
    }

    private String rewrittenMain() throws NginxFailure {
        try {
            return rewritten(main);
        } catch (UncheckedIOException e) {
            throw cannotBeCopied(e);
        }
    }

    private void requireAllIncludes() throws NginxFailure {
        List<String> missing = NEEDED.stream()
                .filter(line -> included.stream().noneMatch(glob -> glob.matches(example(line))))
                .toList();
        if (!missing.isEmpty()) {
            throw NginxFailure.unavailable(
                    main + " does not include " + missing + " of the configuration directory; add these lines",
                    missing);
        }
    }

    private Path example(String line) {
        return staged.resolve(line.replace("a64/current/", "").replace("*", ""));
    }

    private String rewritten(Path file) {
        return new ConfigurationText(files.text(file)).withIncludes(this::include);
    }

    private String include(String pattern) {
        Path path = files.resolve(pattern);
        for (Path link : ours) {
            if (path.startsWith(link)) {
                Path target = staged.resolve(link.relativize(path));
                included.add(path.getFileSystem().getPathMatcher("glob:" + target));
                return directive(target);
            }
        }
        List<Path> matching = files.matching(path);
        List<Path> replaced = matching.stream().map(this::replacement).toList();
        return replaced.equals(matching)
                ? pattern
                : replaced.stream().map(StagedConfiguration::directive).collect(Collectors.joining());
    }

    private static String directive(Path target) {
        return "include \"" + target + "\";";
    }

    /** A file that includes itself stays as it is: NGINX finds out. */
    private Path replacement(Path file) {
        Path known = replacements.putIfAbsent(file, file);
        if (known != null) {
            return known;
        }
        String text = rewritten(file);
        Path replacement = text.equals(files.text(file)) ? file : copy(file, text);
        replacements.put(file, replacement);
        return replacement;
    }

    private Path copy(Path file, String text) {
        String name = copies.size() + "-" + file.getFileName();
        try {
            Files.createDirectories(folder);
            Files.writeString(folder.resolve(name), text, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Path copy = folderAsSeen.resolve(name);
        copies.put(copy.toString(), file.toString());
        return copy;
    }

    /** Returns a line of NGINX's output with the operator's own file names. */
    String inOperatorsWords(String line) {
        String words = line;
        for (Map.Entry<String, String> copy : copies.entrySet()) {
            words = words.replace(copy.getKey(), copy.getValue());
        }
        return words;
    }

    @Override
    public void close() throws NginxFailure {
        machine.delete(mainCopy, Deadline.after(CLEANING_LIMIT));
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (DirectoryStream<Path> left = Files.newDirectoryStream(folder)) {
            for (Path copy : left) {
                Files.delete(copy);
            }
            Files.delete(folder);
        } catch (IOException e) {
            throw cannotBeCopied(e);
        }
    }

    private static NginxFailure cannotBeCopied(Exception e) {
        return NginxFailure.unavailable("the configuration cannot be copied for a test: " + e, List.of());
    }
}
