package io.a64.proxy.nginx.internal.disk;

import io.a64.proxy.nginx.internal.generation.Generation;
import io.a64.proxy.nginx.internal.generation.GenerationRenderer;
import io.a64.proxy.nginx.internal.generation.RenderedGeneration;
import io.a64.proxy.nginx.internal.generation.RoutesFile;
import io.a64.proxy.nginx.internal.generation.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Looks for what somebody else has done to the files of a generation. A file is read only if it is not the one that was
 * read last time, with the size and the time it had then. Guarded by the lock of the directory.
 */
final class Inspection {

    private Map<Object, Seen> seen = Map.of();

    private record Seen(long size, long modified, String checksum) {}

    /**
     * What was found.
     *
     * @param intact the files that are as they were written, by their path below the generation's directory
     * @param edits what is not, in words
     */
    record Findings(Set<String> intact, List<String> edits) {

        static final Findings NONE = new Findings(Set.of(), List.of());
    }

    Findings of(Path directory, Generation generation) throws IOException {
        Map<Object, Seen> now = new HashMap<>();
        Set<String> intact = new HashSet<>();
        List<String> edits = new ArrayList<>();
        Map<String, String> missing = new TreeMap<>(generation.checksums());
        Files.walkFileTree(directory, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                String name = directory.relativize(file).toString();
                String expected = missing.remove(name);
                if (name.equals(RoutesFile.NAME)) {
                    return FileVisitResult.CONTINUE; // the record that the checksums come from
                }
                if (leadsToNotes(file, name)) {
                    return FileVisitResult.CONTINUE;
                }
                if (expected == null) {
                    edits.add(file + " is not ours");
                } else if (attributes.isRegularFile() && expected.equals(checksum(file, attributes, now))) {
                    intact.add(name);
                } else {
                    edits.add(file + " was altered");
                }
                return FileVisitResult.CONTINUE;
            }
        });
        missing.keySet().forEach(name -> edits.add(directory.resolve(name) + " is missing"));
        seen = now;
        return new Findings(intact, List.copyOf(edits));
    }

    private static boolean leadsToNotes(Path file, String name) throws IOException {
        return name.equals(RenderedGeneration.MODULES)
                && Files.isSymbolicLink(file)
                && Files.readSymbolicLink(file).equals(Path.of(RenderedGeneration.NOTES));
    }

    private String checksum(Path file, BasicFileAttributes attributes, Map<Object, Seen> now) throws IOException {
        Object key = Objects.requireNonNullElse(attributes.fileKey(), file);
        long modified = attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS);
        @Nullable Seen before = seen.get(key);
        Seen current = before != null && before.size == attributes.size() && before.modified == modified
                ? before
                : new Seen(attributes.size(), modified, checksum(file));
        now.put(key, current);
        return current.checksum;
    }

    private static String checksum(Path file) throws IOException {
        try {
            String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
            return Sha256.hex(text, GenerationRenderer.CHECKSUM_DIGITS);
        } catch (NoSuchFileException e) {
            return ""; // taken away just now
        }
    }
}
