package io.a64.proxy.nginx.internal.control;

import io.a64.proxy.nginx.internal.NginxFailure;
import io.a64.proxy.nginx.internal.generation.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A copy of the operator's configuration in which our includes lead to a staged generation, so that it can be tested
 * before anything in force is touched: were the link swapped first and tested then, a crash in between, or a reload by
 * somebody else, would meet an untested tree.
 *
 * <p>The copy of the main file lies beside it, because NGINX resolves certificates and other relative paths from the
 * directory of the main file. Files that reach our includes through includes of their own are copied likewise.
 */
final class StagedConfiguration implements AutoCloseable {

    private static final Pattern INCLUDE =
            Pattern.compile("#[^\\n]*|(?<=^|[;{}\\s])include\\s+(?:\"([^\"]*)\"|'([^']*)'|([^;\\s]+))\\s*;");
    private static final int DEEPEST = 10;

    private final Path main;
    private final Path staged;
    private final Set<Path> ours;
    private final String suffix;
    private final List<Path> copies = new ArrayList<>();
    private final Set<PathMatcher> included = new HashSet<>();

    /**
     * @param main the operator's main configuration file
     * @param currentLink where the generation in force is included from
     * @param staged what it is to lead to in the copy
     */
    StagedConfiguration(Path main, Path currentLink, Path staged) {
        this.main = main;
        this.staged = staged;
        this.suffix = Sha256.hex(currentLink.toString(), 8);
        this.ours = namesOf(currentLink);
    }

    /** An operator may have written the directory's name or that of a link to it. */
    private static Set<Path> namesOf(Path link) {
        try {
            return Set.copyOf(List.of(link, link.resolveSibling("").toRealPath().resolve(link.getFileName())));
        } catch (IOException e) {
            return Set.of(link); // not there yet, so there is no link to it either
        }
    }

    /**
     * Writes the copies and returns the main one.
     *
     * @throws NginxFailure if one of the two includes is missing: no reload could ever bring our files in
     */
    Path write() throws IOException, NginxFailure {
        String text = rewritten(Files.readString(main, StandardCharsets.ISO_8859_1), 0);
        requireAllIncludes();
        return copy(main, text);
    }

    private void requireAllIncludes() throws NginxFailure {
        List<String> missing = Stream.of("a64/current/http*.conf", "a64/current/server*.conf")
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

    private String rewritten(String text, int depth) throws IOException {
        Matcher matcher = INCLUDE.matcher(text);
        StringBuilder out = new StringBuilder();
        while (matcher.find()) {
            String pattern = firstGroup(matcher);
            String line = pattern.isEmpty() ? matcher.group() : include(pattern, matcher.group(), depth);
            matcher.appendReplacement(out, Matcher.quoteReplacement(line));
        }
        return matcher.appendTail(out).toString();
    }

    private static String firstGroup(Matcher matcher) {
        for (int group = 1; group <= matcher.groupCount(); group++) {
            String found = matcher.group(group);
            if (found != null) {
                return found;
            }
        }
        return "";
    }

    private String include(String pattern, String line, int depth) throws IOException {
        Path path = main.resolveSibling(pattern).normalize();
        for (Path link : ours) {
            if (path.startsWith(link)) {
                Path target = staged.resolve(link.relativize(path));
                included.add(path.getFileSystem().getPathMatcher("glob:" + target));
                return "include \"" + target + "\";";
            }
        }
        return depth < DEEPEST ? throughOthers(path, line, depth) : line;
    }

    private String throughOthers(Path pattern, String line, int depth) throws IOException {
        StringBuilder includes = new StringBuilder();
        boolean changed = false;
        for (Path file : matching(pattern)) {
            String text = Files.readString(file, StandardCharsets.ISO_8859_1);
            String rewritten = rewritten(text, depth + 1);
            boolean same = rewritten.equals(text);
            changed |= !same;
            includes.append("include \"")
                    .append(same ? file : copy(file, rewritten))
                    .append("\";");
        }
        return changed ? includes.toString() : line;
    }

    private static Set<Path> matching(Path pattern) throws IOException {
        Set<Path> files = new TreeSet<>();
        Path folder = pattern.resolveSibling("");
        Path name = pattern.getFileName();
        if (name == null || !Files.isDirectory(folder)) {
            return files;
        }
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, name.toString())) {
            for (Path entry : entries) {
                boolean hidden = entry.getFileName().toString().startsWith(".");
                if (Files.isRegularFile(entry) && !hidden) {
                    files.add(entry);
                }
            }
        }
        return files;
    }

    private Path copy(Path original, String text) throws IOException {
        Path copy = original.toAbsolutePath().resolveSibling("." + original.getFileName() + ".a64-test-" + suffix);
        Files.deleteIfExists(copy);
        copies.add(copy);
        return Files.writeString(copy, text, StandardCharsets.ISO_8859_1);
    }

    /** Returns a line of NGINX's output with the operator's own file names. */
    static String inOperatorsWords(String line) {
        return line.replaceAll("\\.([^/ ]+)\\.a64-test-[0-9a-f]{8}", "$1");
    }

    @Override
    public void close() throws IOException {
        for (Path copy : copies) {
            Files.deleteIfExists(copy);
        }
    }
}
