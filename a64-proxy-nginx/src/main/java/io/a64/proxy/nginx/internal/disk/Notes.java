package io.a64.proxy.nginx.internal.disk;

import io.a64.proxy.Route;
import io.a64.proxy.nginx.internal.generation.Generation;
import io.a64.proxy.nginx.internal.generation.RenderedGeneration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What an operator is shown of modules that have no configuration file of their own. NGINX does not read it, so it is
 * kept for all generations together and brought up to date afterwards; then only what has changed is written. A mark
 * says for which generation it is right, so that nothing is left wrong by a writer that died.
 */
final class Notes {

    private static final String SUFFIX = ".conf";

    private final Path folder;
    private final Path mark;

    /** @param home the directory of the generations */
    Notes(Path home) {
        this.folder = home.resolve(RenderedGeneration.MODULES);
        this.mark = home.resolve(".notes");
    }

    /**
     * Brings the notes up to date; the caller holds the lock.
     *
     * @param former the generation that was in force before
     */
    void show(RenderedGeneration now, Optional<Generation> former) throws IOException {
        Optional<Generation> right = former.filter(generation -> generation.id().equals(marked()));
        Files.deleteIfExists(mark);
        if (now.notes().isEmpty() && !Files.exists(folder)) {
            return;
        }
        Files.createDirectories(folder);
        Set<Route> unchanged = new HashSet<>(right.map(Generation::routes).orElse(List.of()));
        Set<String> kept = now.generation().routes().stream()
                .filter(unchanged::contains)
                .map(route -> route.module() + SUFFIX)
                .collect(Collectors.toSet());
        Set<String> present = removeOthers(now);
        for (Map.Entry<String, Supplier<String>> note : now.notes().entrySet()) {
            String file = note.getKey() + SUFFIX;
            if (!(kept.contains(file) && present.contains(file))) {
                Files.writeString(folder.resolve(file), note.getValue().get());
            }
        }
        Files.writeString(mark, now.id());
    }

    private String marked() {
        try {
            return Files.readString(mark);
        } catch (NoSuchFileException e) {
            return "";
        } catch (IOException e) {
            return ""; // whatever is there will be written anew
        }
    }

    private Set<String> removeOthers(RenderedGeneration now) throws IOException {
        Set<String> present = new HashSet<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                String name = file.getFileName().toString();
                boolean wanted = name.endsWith(SUFFIX)
                        && now.notes().containsKey(name.substring(0, name.length() - SUFFIX.length()));
                if (wanted) {
                    present.add(name);
                } else {
                    Files.delete(file);
                }
            }
        }
        return present;
    }
}
