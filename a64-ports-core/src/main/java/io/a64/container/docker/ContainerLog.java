package io.a64.container.docker;

import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Frame;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** Reads the end of a container's output. */
final class ContainerLog {

    private static final int MOST_LINES = 1000;

    private ContainerLog() {}

    static List<String> tail(Engine engine, String id, int lines) {
        int most = Math.min(lines, MOST_LINES);
        return most <= 0 ? List.of() : engine.ask(Operation.READ_LOG, id, () -> read(engine, id, true, most));
    }

    /** Returns the last lines of the standard error alone. */
    static List<String> errorTail(Engine engine, String id, int lines) {
        return engine.ask(Operation.READ_LOG, id, () -> read(engine, id, false, Math.min(lines, MOST_LINES)));
    }

    private static List<String> read(Engine engine, String id, boolean output, int most) throws InterruptedException {
        try (Output read = new Output()) {
            engine.client()
                    .logContainerCmd(id)
                    .withStdOut(output)
                    .withStdErr(true)
                    .withTail(most)
                    .exec(read)
                    .awaitEnd();
            return read.text.lastLines(most);
        } catch (NotFoundException e) {
            return List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Filled by docker-java's stream thread, read after its end. */
    private static final class Output extends AnswerStream<Frame> {

        private final LogText text = new LogText();

        @Override
        public void onNext(Frame frame) {
            if (frame.getPayload() != null) {
                text.add(frame.getPayload());
            }
        }
    }
}
