package io.a64.ports.chaos;

import static org.awaitility.Awaitility.await;

import io.a64.ports.chaos.HistoryEvent.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.awaitility.core.ConditionTimeoutException;

/** How many allocations the workers have made so far. */
final class Progress {
    private static final Duration INTERVAL = Duration.ofMillis(250);

    private final Path folder;
    private final long end;
    private final Map<Path, Long> offsets = new HashMap<>();
    private long allocations;

    /**
     * Follows the histories in a folder.
     *
     * @param limit how long the whole run may take from now
     */
    Progress(Path folder, Duration limit) {
        this.folder = folder;
        end = System.nanoTime() + limit.toNanos();
    }

    /** Waits for so many allocations; returns false if the time of the run is over first. */
    boolean reaches(long allocations) {
        Duration left = Duration.ofNanos(Math.max(1, end - System.nanoTime()));
        try {
            await("progress").pollInterval(INTERVAL).atMost(left.plus(INTERVAL)).until(() -> count() >= allocations);
            return true;
        } catch (ConditionTimeoutException e) {
            return false;
        }
    }

    private long count() throws IOException {
        for (Path file : HistoryFile.files(folder, "")) {
            read(file);
        }
        return allocations;
    }

    /** Reads on from the end of the last whole line. */
    private void read(Path file) throws IOException {
        long offset = offsets.getOrDefault(file, 0L);
        try (SeekableByteChannel channel = Files.newByteChannel(file)) {
            ByteBuffer news = ByteBuffer.allocate((int) (channel.size() - offset));
            channel.position(offset).read(news);
            String text = new String(news.array(), 0, news.position(), StandardCharsets.ISO_8859_1);
            int whole = text.lastIndexOf('\n') + 1;
            allocations += text.substring(0, whole)
                    .lines()
                    .map(HistoryEvent::parse)
                    .filter(event -> event.kind() == Kind.ALLOCATED)
                    .count();
            offsets.put(file, offset + whole);
        }
    }
}
