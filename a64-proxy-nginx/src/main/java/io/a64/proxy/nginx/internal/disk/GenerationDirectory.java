package io.a64.proxy.nginx.internal.disk;

import io.a64.proxy.nginx.internal.NginxFailure;
import io.a64.proxy.nginx.internal.generation.Generation;
import io.a64.proxy.nginx.internal.generation.RenderedGeneration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The directory that NGINX reads: {@code a64/gen-<n>} per generation, {@code a64/current} pointing to the one in
 * force, and {@code modules} and {@code hosts} where an operator looks for the files of those. A generation comes into force by one rename,
 * so that there is a whole one at any instant.
 */
public final class GenerationDirectory {

    private static final int KEPT = 3;
    private static final String PREFIX = Generation.DIRECTORY_PREFIX;
    private static final Pattern ID = Pattern.compile("([0-9]{1,18})-[0-9a-f]+");

    private final Path home;
    private final Path current;
    private final List<OperatorLink> links;
    private final Notes notes;
    private final Records records = new Records();
    private final Inspection inspection = new Inspection();
    private Inspection.Findings findings = Inspection.Findings.NONE;

    /** Nothing is touched before the first generation is staged. */
    public GenerationDirectory(Path root) {
        this.home = root.resolve("a64");
        this.current = home.resolve("current");
        this.notes = new Notes(home);
        this.links = Stream.of("modules", "hosts")
                .map(name -> new OperatorLink(root.resolve(name), root.relativize(current.resolve(name))))
                .toList();
    }

    /** Returns the file that writers of several processes lock; makes its directory. */
    public Path lockFile() throws IOException {
        Files.createDirectories(home);
        return home.resolve(".lock");
    }

    /** Returns the directory that holds the generations. */
    public Path home() {
        return home;
    }

    /** Returns where the main configuration includes the generation in force from. */
    public Path currentLink() {
        return current;
    }

    /** Returns the generation in force, empty before the first. */
    public Optional<Generation> current() throws IOException {
        try {
            return Optional.of(records.read(current));
        } catch (NoSuchFileException e) {
            if (Files.isSymbolicLink(current)) {
                throw new IOException(
                        current + " leads to no generation; restore it, or remove it to start without routes", e);
            }
            return Optional.empty();
        }
    }

    /** Returns the generation that NGINX calls so, empty if it is none of those that are kept. */
    public Optional<Generation> named(String id) throws IOException {
        Matcher matcher = ID.matcher(id);
        try {
            return matcher.matches()
                    ? Optional.of(records.read(directory(Long.parseLong(matcher.group(1)))))
                            .filter(generation -> generation.id().equals(id))
                    : Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private Path directory(long number) {
        return home.resolve(PREFIX + number);
    }

    /**
     * Looks at the files of the generation in force and returns what somebody else has done to them, in words; the
     * caller holds the lock.
     */
    public List<String> foreignEdits(Optional<Generation> inForce) throws IOException {
        findings = inForce.isPresent()
                ? inspection.of(directory(inForce.get().number()), inForce.get())
                : Inspection.Findings.NONE;
        return findings.edits();
    }

    /**
     * Begins a generation beside the one in force; the caller holds the lock, and has looked for foreign edits.
     *
     * @param inForce whose files are linked to as far as they are intact and needed
     */
    public StagedGeneration stage(long number, Optional<Generation> inForce) throws IOException, NginxFailure {
        for (OperatorLink link : links) {
            link.requireOurs();
        }
        Path directory = directory(number);
        deleteTree(directory);
        Map<String, String> linkable = inForce.map(Generation::checksums).orElse(Map.of()).entrySet().stream()
                .filter(file -> findings.intact().contains(file.getKey()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        return new StagedGeneration(
                directory, directory(inForce.map(Generation::number).orElse(0L)), linkable);
    }

    /** Puts a staged generation into force; after a crash of the machine it is so only if {@link #sync} was called. */
    public void switchTo(StagedGeneration staged, Generation generation) throws IOException {
        records.know(staged.directory(), generation);
        switchTo(staged.directory());
    }

    private void switchTo(Path generation) throws IOException {
        Durable.lead(current, home.relativize(generation));
        putLinks();
    }

    /** Makes what is in force survive a crash of the machine. */
    public void sync() throws IOException {
        Durable.sync(home);
        Durable.sync(home.getParent());
    }

    /**
     * Shows an operator what is in force now of modules that have no file of their own; the caller holds the lock.
     *
     * @param former the generation that was in force before
     */
    public void show(RenderedGeneration now, Optional<Generation> former) throws IOException {
        notes.show(now, former);
    }

    /** Makes sure that an operator finds the files of modules and hosts. */
    public void putLinks() throws IOException {
        for (OperatorLink link : links) {
            link.put();
        }
    }

    /** Puts a former generation into force again, or none, and forgets the one that failed. */
    public void switchBack(Optional<Generation> former, StagedGeneration failed) throws IOException {
        if (former.isPresent()) {
            switchTo(directory(former.get().number()));
        } else {
            Files.deleteIfExists(current);
            for (OperatorLink link : links) {
                Files.deleteIfExists(link.link());
            }
        }
        sync();
        discard(failed);
    }

    /** Removes a generation that is not in force. */
    public void discard(StagedGeneration staged) throws IOException {
        deleteTree(staged.directory());
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
