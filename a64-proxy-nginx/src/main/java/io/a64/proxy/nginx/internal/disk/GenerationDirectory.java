package io.a64.proxy.nginx.internal.disk;

import io.a64.proxy.nginx.internal.NginxFailure;
import io.a64.proxy.nginx.internal.generation.Generation;
import io.a64.proxy.nginx.internal.generation.RenderedGeneration;
import io.a64.proxy.nginx.internal.generation.RoutesFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The directory that NGINX reads: {@code a64/gen-<n>} per generation, {@code a64/current} pointing to the one in
 * force, and {@code modules} where an operator looks for a module's file. A generation comes into force by one rename,
 * so that there is a whole one at any instant.
 */
public final class GenerationDirectory {

    private static final int KEPT = 3;
    private static final String PREFIX = Generation.DIRECTORY_PREFIX;
    private static final Pattern ID = Pattern.compile("([0-9]{1,18})-[0-9a-f]+");

    private final Path root;
    private final Path home;
    private final Path current;
    private final Path modules;

    /** Nothing is touched before the first generation is staged. */
    public GenerationDirectory(Path root) {
        this.root = root;
        this.home = root.resolve("a64");
        this.current = home.resolve("current");
        this.modules = root.resolve("modules");
    }

    /** Returns the file that writers of several processes lock; makes its directory. */
    public Path lockFile() throws IOException {
        Files.createDirectories(home);
        return home.resolve(".lock");
    }

    /** Returns the generation in force, empty before the first. */
    public Optional<Generation> current() throws IOException {
        return read(current);
    }

    /** Returns the generation that NGINX calls so, empty if it is none of those that are kept. */
    public Optional<Generation> named(String id) throws IOException {
        Matcher matcher = ID.matcher(id);
        return matcher.matches()
                ? read(home.resolve(PREFIX + matcher.group(1)))
                        .filter(generation -> generation.id().equals(id))
                : Optional.empty();
    }

    private static Optional<Generation> read(Path directory) throws IOException {
        try {
            return Optional.of(RoutesFile.parse(Files.readString(directory.resolve(RoutesFile.NAME))));
        } catch (NoSuchFileException e) {
            if (Files.isSymbolicLink(directory)) {
                throw new IOException(
                        directory + " leads to no generation; restore it, or remove it to start without routes", e);
            }
            return Optional.empty();
        }
    }

    /** Returns where the main configuration includes the generation in force from. */
    public Path currentLink() {
        return current;
    }

    /** Returns the directory that holds the generations. */
    public Path home() {
        return home;
    }

    /** Writes a generation beside the one in force and returns its directory. */
    public Path stage(RenderedGeneration generation) throws IOException, NginxFailure {
        requireModulesToBeOurs();
        Path directory = home.resolve(PREFIX + generation.number());
        deleteTree(directory);
        Files.createDirectories(directory.resolve("modules"));
        for (Map.Entry<String, String> file : generation.files().entrySet()) {
            Durable.write(directory.resolve(file.getKey()), file.getValue());
        }
        Durable.sync(directory.resolve("modules"));
        Durable.sync(directory);
        return directory;
    }

    /** A link or a file of that name that is not ours, or a directory with files, is somebody else's. */
    private void requireModulesToBeOurs() throws IOException, NginxFailure {
        if (Files.isDirectory(modules, LinkOption.NOFOLLOW_LINKS)) {
            requireEmptyModules();
            return;
        }
        boolean ours = Files.isSymbolicLink(modules)
                && Files.readSymbolicLink(modules).equals(root.relativize(current.resolve("modules")));
        if (Files.exists(modules, LinkOption.NOFOLLOW_LINKS) && !ours) {
            throw NginxFailure.unavailable(
                    modules + " is not ours; move it away, it becomes a link to the modules of the generation in force",
                    List.of());
        }
    }

    private void requireEmptyModules() throws IOException, NginxFailure {
        try (Stream<Path> foreign = Files.list(modules)) {
            List<String> names =
                    foreign.map(file -> file.getFileName().toString()).sorted().toList();
            if (!names.isEmpty()) {
                throw NginxFailure.unavailable(
                        "directory " + modules + " holds files that are not ours: " + names
                                + "; move them away, it becomes a link to the modules of the generation in force",
                        names);
            }
        }
    }

    /** Puts a staged generation into force. */
    public void switchTo(Path generation) throws IOException {
        link(current, home.relativize(generation));
        linkModules();
    }

    /** Makes the modules' directory a link into the generation in force; returns whether it was none. */
    public boolean linkModules() throws IOException {
        Path target = root.relativize(current.resolve("modules"));
        if (Files.isSymbolicLink(modules) && Files.readSymbolicLink(modules).equals(target)) {
            return false;
        }
        Files.deleteIfExists(modules);
        link(modules, target);
        return true;
    }

    /** Puts a former generation into force again, or none, and forgets the one that failed. */
    public void switchBack(Optional<Generation> former, Path failed) throws IOException {
        if (former.isPresent()) {
            switchTo(home.resolve(PREFIX + former.get().number()));
        } else {
            Files.deleteIfExists(current);
            Files.deleteIfExists(modules);
            Durable.sync(home);
        }
        deleteTree(failed);
    }

    /** Removes a generation that never came into force. */
    public void discard(Path staged) throws IOException {
        deleteTree(staged);
    }

    /** Removes all but the last generations. */
    public void prune(long newest) throws IOException {
        try (Stream<Path> entries = Files.list(home)) {
            for (Path entry : entries.filter(path -> isOld(path, newest)).toList()) {
                deleteTree(entry);
            }
        }
    }

    private static boolean isOld(Path entry, long newest) {
        String name = entry.getFileName().toString();
        return name.matches(PREFIX + "[0-9]{1,18}") && Long.parseLong(name.substring(PREFIX.length())) <= newest - KEPT;
    }

    private static void link(Path link, Path target) throws IOException {
        Path temporary = link.resolveSibling("." + link.getFileName() + ".new");
        Files.deleteIfExists(temporary);
        Files.createSymbolicLink(temporary, target);
        Files.move(temporary, link, StandardCopyOption.ATOMIC_MOVE);
        Durable.sync(link.toAbsolutePath().getParent());
    }

    private static void deleteTree(Path directory) throws IOException {
        if (!Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (Stream<Path> tree = Files.walk(directory)) {
            for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
