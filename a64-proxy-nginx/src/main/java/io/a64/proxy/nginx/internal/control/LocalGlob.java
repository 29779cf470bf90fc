package io.a64.proxy.nginx.internal.control;

import io.a64.proxy.nginx.internal.control.Machine.Matched;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Include patterns as NGINX reads them (glob of the C library): wildcards anywhere, hidden files left out. */
final class LocalGlob {

    private LocalGlob() {}

    static Matched read(Path pattern) throws IOException {
        List<Path> matches = List.of(Path.of("/"));
        for (Path name : pattern.toAbsolutePath()) {
            List<Path> next = new ArrayList<>();
            for (Path folder : matches) {
                next.addAll(matching(folder, name.toString()));
            }
            matches = next;
        }
        SortedMap<Path, String> texts = new TreeMap<>();
        List<Path> unreadable = new ArrayList<>();
        for (Path match : matches) {
            if (Files.isRegularFile(match) && Files.isReadable(match)) {
                texts.put(match, Files.readString(match, StandardCharsets.ISO_8859_1));
            } else {
                unreadable.add(match);
            }
        }
        return new Matched(texts, unreadable);
    }

    private static List<Path> matching(Path folder, String name) throws IOException {
        if (name.chars().noneMatch(c -> "*?[".indexOf(c) >= 0)) {
            Path entry = folder.resolve(name);
            return Files.exists(entry, LinkOption.NOFOLLOW_LINKS) ? List.of(entry) : List.of();
        }
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        PathMatcher glob = FileSystems.getDefault().getPathMatcher("glob:" + name.replace("{", "\\{"));
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                boolean hidden = entry.getFileName().toString().startsWith(".") && !name.startsWith(".");
                if (!hidden && glob.matches(entry.getFileName())) {
                    found.add(entry);
                }
            }
        }
        return found;
    }
}
