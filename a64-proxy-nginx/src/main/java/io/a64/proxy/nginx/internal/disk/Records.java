package io.a64.proxy.nginx.internal.disk;

import io.a64.proxy.nginx.internal.generation.Generation;
import io.a64.proxy.nginx.internal.generation.RoutesFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads the records of generations. One that is still the same file, of the same size and time, as that of the last
 * time is not read again; what another process has written is. Safe for use by several threads.
 */
final class Records {

    private volatile @Nullable Known last;

    private record Identity(Object file, long size, FileTime modified) {}

    private record Known(Identity identity, Generation generation) {}

    /** Returns what the record in this directory says. */
    Generation read(Path directory) throws IOException {
        Path file = directory.resolve(RoutesFile.NAME);
        Identity identity = identity(file);
        Known known = last;
        if (known != null && known.identity.equals(identity)) {
            return known.generation;
        }
        Generation generation = RoutesFile.parse(Files.readString(file));
        last = new Known(identity, generation);
        return generation;
    }

    /** Remembers what this process has just written there: at ten thousand routes, reading takes as long as a reload. */
    void know(Path directory, Generation written) throws IOException {
        last = new Known(identity(directory.resolve(RoutesFile.NAME)), written);
    }

    private static Identity identity(Path file) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        Object key = Objects.requireNonNullElse(attributes.fileKey(), file.toRealPath());
        return new Identity(key, attributes.size(), attributes.lastModifiedTime());
    }
}
