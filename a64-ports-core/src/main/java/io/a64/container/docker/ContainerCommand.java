package io.a64.container.docker;

import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.api.model.StreamType;
import io.a64.container.ContainerException;
import io.a64.container.ContainerException.Problem;
import io.a64.proxy.spi.CommandResult;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;

/**
 * One command in a container. Docker has no call that ends one: so a shell tells its process id first and becomes the
 * command then, and one that is given up is killed by another command.
 */
final class ContainerCommand {

    /** More than any configuration; what is beyond is a mistake. */
    private static final int MOST_BYTES = 32 * 1024 * 1024;

    private static final Pattern PID = Pattern.compile("[0-9]+");

    private final String container;
    private final List<String> command;
    private final AtomicReference<Output> output = new AtomicReference<>();

    ContainerCommand(String container, List<String> command) {
        this.container = container;
        this.command = List.copyOf(command);
    }

    CommandResult run(Engine engine) {
        List<String> telling = new ArrayList<>(List.of("/bin/sh", "-c", "echo \"$$\"; exec \"$@\"", "sh"));
        telling.addAll(command);
        return engine.ask(Operation.EXECUTE, container, () -> {
            try (Output running = new Output()) {
                output.set(running);
                long exitCode = execute(engine, telling, running);
                return running.result((int) exitCode);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private long execute(Engine engine, List<String> words, Output running) throws InterruptedException {
        String id = engine.client()
                .execCreateCmd(container)
                .withCmd(words.toArray(String[]::new))
                .withAttachStdout(true)
                .withAttachStderr(true)
                .exec()
                .getId();
        engine.client().execStartCmd(id).exec(running).awaitEnd();
        Long exitCode = engine.client().inspectExecCmd(id).exec().getExitCodeLong();
        if (exitCode == null) {
            throw new ContainerException(
                    Problem.UNAVAILABLE,
                    "the output of " + command.get(0) + " in container " + container + " broke off",
                    List.of(),
                    null);
        }
        return exitCode;
    }

    /** Kills the process if it has told its id; returns whether it had. */
    boolean kill(Engine engine) {
        Output running = output.get();
        String pid = running == null ? "" : running.pid();
        if (!PID.matcher(pid).matches()) {
            return false;
        }
        return engine.ask(Operation.EXECUTE, container, () -> {
            try (Output killing = new Output()) {
                return execute(engine, List.of("/bin/sh", "-c", "kill -9 \"$1\"", "sh", pid), killing) == 0;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /** Filled by docker-java's stream thread. */
    private static final class Output extends AnswerStream<Frame> {

        private final ByteArrayOutputStream out = new ByteArrayOutputStream();
        private final ByteArrayOutputStream err = new ByteArrayOutputStream();

        @Override
        public void onNext(Frame frame) {
            byte[] payload = frame.getPayload();
            if (payload == null) {
                return;
            }
            if (out.size() + err.size() + payload.length > MOST_BYTES) {
                throw new IllegalStateException("more than " + MOST_BYTES + " bytes of output");
            }
            (frame.getStreamType() == StreamType.STDERR ? err : out).writeBytes(payload);
        }

        /** Returns what the shell has told; nothing if it has not yet. */
        String pid() {
            String text = text(out);
            return text.indexOf('\n') < 0 ? "" : text.substring(0, text.indexOf('\n'));
        }

        /** Where the shell itself could not be run, Docker writes why into the output, without an id. */
        CommandResult result(int exitCode) {
            String text = text(out);
            boolean told = PID.matcher(pid()).matches();
            return new CommandResult(exitCode, told ? text.substring(text.indexOf('\n') + 1) : text, text(err));
        }

        private static String text(ByteArrayOutputStream bytes) {
            return bytes.toString(StandardCharsets.ISO_8859_1);
        }
    }
}
