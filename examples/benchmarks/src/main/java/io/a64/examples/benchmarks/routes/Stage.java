package io.a64.examples.benchmarks.routes;

import io.a64.examples.benchmarks.routes.front.HandWritten;
import io.a64.examples.benchmarks.routes.front.Mode;
import io.a64.examples.benchmarks.routes.front.ModuleServer;
import io.a64.examples.benchmarks.routes.front.Modules;
import io.a64.examples.benchmarks.routes.front.Ours;
import io.a64.examples.benchmarks.routes.load.EchoServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;

/** A directory of the benchmark's own with what answers for all modules; the fronts are started in it. */
final class Stage implements AutoCloseable {

    private final Path folder;
    private final ModuleServer server;
    private final EchoServer sockets;

    private Stage(Path folder) throws IOException {
        this.folder = folder;
        server = ModuleServer.start(folder.resolve("modules"));
        sockets = EchoServer.start();
    }

    static Stage set() throws IOException {
        return new Stage(Files.createTempDirectory(
                "a64-routes", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x"))));
    }

    Modules modules(int count) {
        return new Modules(count, server.port(), sockets.port());
    }

    HandWritten handWritten(Mode mode, int count) throws IOException, InterruptedException {
        return HandWritten.start(unique(), mode, modules(count));
    }

    Ours ours(Mode mode, int count) throws IOException, InterruptedException, ExecutionException {
        return Ours.start(unique(), mode, modules(count));
    }

    Ours ours(Mode mode, int count, int threshold) throws IOException, InterruptedException, ExecutionException {
        return Ours.start(unique(), mode, modules(count), threshold);
    }

    /** Returns a new directory that the workers, which are somebody else, may enter. */
    Path unique() throws IOException {
        return Files.createTempDirectory(
                folder, "front", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
    }

    @Override
    public void close() throws IOException {
        server.close();
        sockets.close();
        List<Path> all;
        try (Stream<Path> tree = Files.walk(folder)) {
            all = tree.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : all) {
            Files.deleteIfExists(path);
        }
    }
}
