package io.a64.proxy.nginx.internal.disk;

import io.a64.Deadline;
import io.a64.proxy.nginx.internal.NginxFailure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Keeps writers of other processes out, and other writers of this process that work on the same directory. */
public final class ProcessLock implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(5);

    /**
     * Threads of this process take turns here first. The system frees all file locks that a process has on a file when
     * any of its channels on that file is closed, so there must never be two.
     */
    private static final ConcurrentMap<Path, Semaphore> IN_PROCESS = new ConcurrentHashMap<>();

    private final Semaphore inProcess;
    private final FileChannel channel;

    private ProcessLock(Semaphore inProcess, FileChannel channel) {
        this.inProcess = inProcess;
        this.channel = channel;
    }

    /** Waits for the lock until the deadline. */
    public static ProcessLock acquire(Path file, Deadline deadline) throws IOException, NginxFailure {
        Path real = Objects.requireNonNull(file.toAbsolutePath().getParent())
                .toRealPath()
                .resolve(file.getFileName());
        Semaphore inProcess = IN_PROCESS.computeIfAbsent(real, path -> new Semaphore(1));
        try {
            if (!inProcess.tryAcquire(deadline.remainingMillis(), TimeUnit.MILLISECONDS)) {
                throw NginxFailure.deadline("another writer of this process holds " + file);
            }
        } catch (InterruptedException e) {
            throw NginxFailure.interrupted(e);
        }
        try {
            return new ProcessLock(inProcess, locked(real, deadline));
        } catch (IOException | NginxFailure | RuntimeException e) {
            inProcess.release();
            throw e;
        }
    }

    private static FileChannel locked(Path file, Deadline deadline) throws IOException, NginxFailure {
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            while (channel.tryLock() == null) {
                if (!deadline.pause(POLL)) {
                    throw NginxFailure.deadline("a writer of another process holds " + file);
                }
            }
            return channel;
        } catch (IOException | NginxFailure | RuntimeException e) {
            channel.close();
            throw e;
        } catch (InterruptedException e) {
            channel.close();
            throw NginxFailure.interrupted(e);
        }
    }

    /** Returns the number that a former holder has left for the next one. */
    public OptionalLong note() throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES);
        return channel.read(bytes, 0) == Long.BYTES ? OptionalLong.of(bytes.getLong(0)) : OptionalLong.empty();
    }

    /** Leaves a number for the next holder. */
    public void note(long number) throws IOException {
        channel.write(ByteBuffer.allocate(Long.BYTES).putLong(0, number), 0);
    }

    /** Gives the lock back. */
    @Override
    public void close() throws IOException {
        try {
            channel.close();
        } finally {
            inProcess.release();
        }
    }
}
