package io.a64.container.docker;

import com.github.dockerjava.api.command.InspectContainerResponse;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The volumes of a container.
 *
 * @param mounts where directories of the engine's machine are seen in the container
 */
record Volumes(List<Mount> mounts) {

    /**
     * A mount.
     *
     * @param source a path of the engine's machine
     * @param destination the container's path of the same
     */
    record Mount(Path source, Path destination) {}

    Volumes {
        mounts = List.copyOf(mounts);
    }

    static Volumes of(InspectContainerResponse seen) {
        List<InspectContainerResponse.@Nullable Mount> all = seen.getMounts();
        Stream<InspectContainerResponse.@Nullable Mount> found = all == null ? Stream.of() : all.stream();
        return new Volumes(found.map(Volumes::mount).flatMap(Optional::stream).toList());
    }

    private static Optional<Mount> mount(InspectContainerResponse.@Nullable Mount mount) {
        if (mount == null || mount.getSource() == null || mount.getDestination() == null) {
            return Optional.empty();
        }
        return Optional.of(new Mount(
                Path.of(mount.getSource()),
                Path.of(Objects.requireNonNull(mount.getDestination()).getPath())));
    }

    /** Returns where the container sees a path of the engine's machine, empty if it does not. */
    Optional<Path> inside(Path outside) {
        return translated(outside, mount -> real(mount.source()), Mount::destination);
    }

    /** Returns where the engine's machine has a path of the container, empty if it is in no volume. */
    Optional<Path> outside(Path inside) {
        return translated(inside, Mount::destination, Mount::source);
    }

    /** A mount may lie on a part of another and hide it. */
    private Optional<Path> translated(Path path, Function<Mount, Path> from, Function<Mount, Path> to) {
        return deepest(path, from).flatMap(mount -> {
            Path found =
                    to.apply(mount).resolve(from.apply(mount).relativize(path)).normalize();
            return deepest(found, to).equals(Optional.of(mount)) ? Optional.of(found) : Optional.empty();
        });
    }

    private Optional<Mount> deepest(Path path, Function<Mount, Path> end) {
        return mounts.stream()
                .filter(mount -> path.startsWith(end.apply(mount)))
                .max(Comparator.comparingInt(mount -> end.apply(mount).getNameCount()));
    }

    /** Returns a path that is reached without links; what it names itself may be one. */
    static Path realPlace(Path path) {
        Path parent = path.getParent();
        return parent == null ? path : real(parent).resolve(path.getFileName());
    }

    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException e) {
            return realPlace(path); // not there yet
        }
    }
}
