package io.a64.proxy.nginx.internal.disk;

import io.a64.proxy.nginx.internal.generation.RenderedGeneration;
import io.a64.proxy.nginx.internal.generation.RoutesFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The directory of a generation that is not in force yet. It can hold one candidate after the other; from one to the
 * next, and from the generation in force to the first, only what differs is written. Not safe for several threads.
 */
public final class StagedGeneration {

    private static final String MODULES = "modules";

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
        Files.createDirectories(directory.resolve(MODULES));
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
        for (Map.Entry<String, String> file : candidate.files().entrySet()) {
            if (!held.containsKey(file.getKey())) {
                put(file.getKey(), file.getValue(), wanted.get(file.getKey()));
            }
        }
        held.putAll(wanted);
    }

    private void put(String file, String text, @Nullable String checksum) throws IOException {
        boolean same = checksum != null && checksum.equals(linkable.get(file));
        if (!(same && Durable.link(directory.resolve(file), inForce.resolve(file)))) {
            Durable.write(directory.resolve(file), text);
            unsynced.add(file);
        }
    }

    /** Makes what the directory holds survive a crash of the machine. */
    public void sync() throws IOException {
        for (String file : unsynced) {
            Durable.syncFile(directory.resolve(file));
        }
        unsynced.clear();
        Durable.sync(directory.resolve(MODULES));
        Durable.sync(directory);
    }
}
