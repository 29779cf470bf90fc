package io.a64.proxy.nginx.internal.disk;

import io.a64.proxy.nginx.internal.generation.RenderedGeneration;
import io.a64.proxy.nginx.internal.generation.RoutesFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The directory of a generation that is not in force yet. It can hold one candidate after the other; from one to the
 * next, and from the generation in force to the first, only what differs is written. Not safe for several threads.
 */
public final class StagedGeneration {

    /** Where the operator's links lead, also if there is nothing there. */
    private static final List<String> ALWAYS = List.of(RenderedGeneration.MODULES, "hosts");

    private static final Set<PosixFilePermission> FOR_WORKERS = PosixFilePermissions.fromString("rw-r--r--");

    private final Path directory;
    private final Path inForce;
    private final Map<String, String> linkable;
    private final Map<String, String> held = new HashMap<>();
    private final Set<String> unsynced = new HashSet<>();

    /**
     * @param directory an empty directory
     * @param inForce the directory of the generation in force
     * @param linkable the checksums of those of its files that may be linked to instead of being written again
     */
    StagedGeneration(Path directory, Path inForce, Map<String, String> linkable) throws IOException {
        this.directory = directory;
        this.inForce = inForce;
        this.linkable = linkable;
        for (String folder : ALWAYS) {
            Files.createDirectories(directory.resolve(folder));
        }
    }

    /** Returns the directory. */
    public Path directory() {
        return directory;
    }

    /** Makes the directory hold these files and no others. They survive a crash only after {@link #sync}. */
    public void hold(RenderedGeneration candidate) throws IOException {
        Map<String, String> wanted = new HashMap<>(candidate.generation().checksums());
        wanted.put(RoutesFile.NAME, candidate.id());
        Set<String> superseded = new HashSet<>(held.keySet());
        superseded.removeIf(file -> Objects.equals(held.get(file), wanted.get(file)));
        for (String file : superseded) {
            Files.delete(directory.resolve(file));
            held.remove(file);
            unsynced.remove(file);
        }
        leadToNotes(!candidate.notes().isEmpty());
        for (Map.Entry<String, String> file : candidate.files().entrySet()) {
            if (!held.containsKey(file.getKey())) {
                put(file.getKey(), file.getValue(), wanted.get(file.getKey()));
            }
        }
        held.putAll(wanted);
    }

    private void leadToNotes(boolean wanted) throws IOException {
        Path modules = directory.resolve(RenderedGeneration.MODULES);
        if (wanted != Files.isSymbolicLink(modules)) {
            Files.delete(modules);
            if (wanted) {
                Files.createSymbolicLink(modules, Path.of(RenderedGeneration.NOTES));
            } else {
                Files.createDirectory(modules);
            }
        }
    }

    private void put(String file, String text, @Nullable String checksum) throws IOException {
        Files.createDirectories(directory.resolve(file).getParent());
        boolean same = checksum != null && checksum.equals(linkable.get(file));
        if (!(same && Durable.link(directory.resolve(file), inForce.resolve(file)))) {
            write(directory.resolve(file), text);
            unsynced.add(file);
        }
    }

    /** Passwords are looked up by the workers, which are somebody else than the master that reads the rest. */
    private void write(Path file, String text) throws IOException {
        Durable.write(file, text);
        if (file.startsWith(directory.resolve(RenderedGeneration.READ_BY_WORKERS))) {
            Files.setPosixFilePermissions(file, FOR_WORKERS);
        }
    }

    /** Makes what the directory holds survive a crash of the machine. */
    public void sync() throws IOException {
        for (String file : unsynced) {
            Durable.syncFile(directory.resolve(file));
        }
        unsynced.clear();
        try (Stream<Path> folders = Files.list(directory)) {
            for (Path folder : folders.filter(folder -> Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS))
                    .toList()) {
                Durable.sync(folder);
            }
        }
        Durable.sync(directory);
    }
}
