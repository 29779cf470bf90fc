package io.a64.examples.plugin;

import io.a64.Deadline;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.channels.FileChannel;
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
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A directory of named entries, each a file of properties. Changes are made by one process at a time; an entry is
 * there as a whole or not at all.
 */
final class Entries {

    private static final String ENDING = ".properties";
    private static final Duration POLL = Duration.ofMillis(2);

    /**
     * Threads of this process take turns here first. The system frees all file locks that a process has on a file when
     * any of its channels on that file is closed, so there must never be two.
     */
    private static final ConcurrentMap<Path, Semaphore> IN_PROCESS = new ConcurrentHashMap<>();

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
        Semaphore inProcess = IN_PROCESS.computeIfAbsent(directory.toRealPath(), path -> new Semaphore(1));
        try {
            if (!inProcess.tryAcquire(deadline.remainingMillis(), TimeUnit.MILLISECONDS)) {
                throw new IOException("others of this process hold the lock of " + directory);
            }
        } catch (InterruptedException e) {
            throw interrupted();
        }
        try (FileChannel channel =
                FileChannel.open(directory.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            await(channel, deadline);
            return action.run();
        } finally {
            inProcess.release();
        }
    }

    /** Waits for the other processes; the lock ends with the channel. */
    private void await(FileChannel channel, Deadline deadline) throws IOException {
        try {
            while (channel.tryLock() == null) {
                if (!deadline.pause(POLL)) {
                    throw new IOException("another process holds the lock of " + directory);
                }
            }
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    private InterruptedIOException interrupted() {
        Thread.currentThread().interrupt();
        return new InterruptedIOException("interrupted while waiting for the lock of " + directory);
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
