package io.a64.examples.plugin;

import io.a64.Deadline;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A directory of named entries, each a file of properties. Changes are made by one process at a time; an entry is
 * there as a whole or not at all.
 */
final class Entries {

    private static final String ENDING = ".properties";
    private static final Duration POLL = Duration.ofMillis(2);

    private final Path directory;

    Entries(Path directory) {
        this.directory = directory.toAbsolutePath().normalize();
    }

    /** Something to do with files. */
    @FunctionalInterface
    interface Action<T> {
        T run() throws IOException;
    }

    /**
     * Does something while nobody else changes an entry.
     *
     * @throws IOException also if others are at it until the deadline
     */
    <T> T exclusively(Deadline deadline, Action<T> action) throws IOException {
        Files.createDirectories(directory);
        Path lockFile = directory.resolve(".lock");
        try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            FileLock lock = await(channel, deadline);
            try {
                return action.run();
            } finally {
                lock.release();
            }
        }
    }

    private FileLock await(FileChannel channel, Deadline deadline) throws IOException {
        try {
            do {
                Optional<FileLock> lock = tryLock(channel);
                if (lock.isPresent()) {
                    return lock.get();
                }
            } while (deadline.pause(POLL));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for the lock of " + directory);
        }
        throw new IOException("others hold the lock of " + directory);
    }

    /** A lock that this JVM holds already makes the channel throw; one that another process holds does not. */
    private static Optional<FileLock> tryLock(FileChannel channel) throws IOException {
        try {
            return Optional.ofNullable(channel.tryLock());
        } catch (OverlappingFileLockException e) {
            return Optional.empty();
        }
    }

    /** Returns all entries by name, sorted. */
    Map<String, Properties> all() throws IOException {
        Map<String, Properties> entries = new TreeMap<>();
        if (Files.isDirectory(directory)) {
            try (Stream<Path> files = Files.list(directory)) {
                for (Path file :
                        files.filter(path -> path.toString().endsWith(ENDING)).toList()) {
                    String fileName = file.getFileName().toString();
                    String name = fileName.substring(0, fileName.length() - ENDING.length());
                    read(name).ifPresent(properties -> entries.put(name, properties));
                }
            }
        }
        return entries;
    }

    /** Returns an entry. */
    Optional<Properties> read(String name) throws IOException {
        try (Reader reader = Files.newBufferedReader(directory.resolve(name + ENDING))) {
            Properties properties = new Properties();
            properties.load(reader);
            return Optional.of(properties);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** Puts an entry in place of the former one. */
    void write(String name, Map<String, String> values) throws IOException {
        Properties properties = new Properties();
        properties.putAll(values);
        Path temporary = Files.createTempFile(directory, "." + name, ".tmp");
        try (Writer writer = Files.newBufferedWriter(temporary)) {
            properties.store(writer, null);
        }
        Files.move(temporary, directory.resolve(name + ENDING), StandardCopyOption.ATOMIC_MOVE);
    }

    /** Removes an entry; returns whether there was one. */
    boolean delete(String name) throws IOException {
        return Files.deleteIfExists(directory.resolve(name + ENDING));
    }

    @Override
    public String toString() {
        return directory.toString();
    }
}
