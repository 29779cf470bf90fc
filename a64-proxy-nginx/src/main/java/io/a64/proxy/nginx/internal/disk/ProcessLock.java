package io.a64.proxy.nginx.internal.disk;

import io.a64.Deadline;
import io.a64.proxy.nginx.internal.NginxFailure;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

/** Keeps writers of other processes out, and other writers of this process that work on the same directory. */
public final class ProcessLock implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(5);

    private final FileChannel channel;

    private ProcessLock(FileChannel channel) {
        this.channel = channel;
    }

    /** Waits for the lock until the deadline. */
    public static ProcessLock acquire(Path file, Deadline deadline) throws IOException, NginxFailure {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            while (!tryLock(channel)) {
                if (!deadline.pause(POLL)) {
                    throw NginxFailure.deadline("another writer holds " + file);
                }
            }
            return new ProcessLock(channel);
        } catch (IOException | NginxFailure | RuntimeException e) {
            channel.close();
            throw e;
        } catch (InterruptedException e) {
            channel.close();
            throw NginxFailure.interrupted(e);
        }
    }

    private static boolean tryLock(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    /** Gives the lock back. */
    @Override
    public void close() throws IOException {
        channel.close();
    }
}
