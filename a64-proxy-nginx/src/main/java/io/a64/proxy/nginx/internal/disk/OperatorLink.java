package io.a64.proxy.nginx.internal.disk;

import io.a64.proxy.nginx.internal.NginxFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where an operator looks for the files of modules or hosts: a link into the generation in force.
 *
 * @param link the link
 * @param target what it leads to, seen from its directory
 */
record OperatorLink(Path link, Path target) {

    /** A link or a file of that name that is not ours, or a directory with files, is somebody else's. */
    void requireOurs() throws IOException, NginxFailure {
        if (Files.isDirectory(link, LinkOption.NOFOLLOW_LINKS)) {
            requireEmpty();
        } else if (Files.exists(link, LinkOption.NOFOLLOW_LINKS) && !isInPlace()) {
            throw NginxFailure.unavailable(
                    link + " is not ours; move it away, it becomes a link into the generation in force", List.of());
        }
    }

    private void requireEmpty() throws IOException, NginxFailure {
        try (Stream<Path> foreign = Files.list(link)) {
            List<String> names =
                    foreign.map(file -> file.getFileName().toString()).sorted().toList();
            if (!names.isEmpty()) {
                throw NginxFailure.unavailable(
                        "directory " + link + " holds files that are not ours: " + names
                                + "; move them away, it becomes a link into the generation in force",
                        names);
            }
        }
    }

    private boolean isInPlace() throws IOException {
        return Files.isSymbolicLink(link) && Files.readSymbolicLink(link).equals(target);
    }

    /** Puts the link in place if it is not; what {@link #requireOurs} lets pass gives way. */
    void put() throws IOException {
        if (!isInPlace()) {
            Files.deleteIfExists(link);
            Durable.lead(link, target);
        }
    }
}
