package io.a64.test.services;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A MongoDB server of the test's own: own port on 127.0.0.1, own data, fail points enabled. It can be killed, frozen
 * and started again on the same data; {@link #close()} ends it and deletes its data. For use by one thread.
 */
public final class MongodProcess implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofSeconds(30);
    /** Data in memory keeps the disk out of what tests measure and wait for. */
    private static final Path MEMORY = Path.of("/dev/shm");

    private final int port = FreePort.find();
    private final Path data;
    private final List<String> moreOptions;
    private final Thread closeAtExit = new Thread(this::end, "end mongod");
    private Process process;

    private MongodProcess(Path data, List<String> moreOptions) throws IOException {
        this.data = data;
        this.moreOptions = moreOptions;
        process = launch();
        Runtime.getRuntime().addShutdownHook(closeAtExit);
    }

    /** Starts a server that is no member of a replica set, and returns when it answers. */
    public static MongodProcess start() {
        MongodProcess server = launch(List.of());
        server.awaitAnswer();
        return server;
    }

    /** Starts a future member of a replica set, without waiting for {@link #awaitAnswer() its answer}. */
    public static MongodProcess startMember(String replicaSet) {
        return launch(List.of("--replSet", replicaSet, "--oplogSize", "256"));
    }

    private static MongodProcess launch(List<String> moreOptions) {
        try {
            Path data = Files.isWritable(MEMORY)
                    ? Files.createTempDirectory(MEMORY, "a64-mongod-")
                    : Files.createTempDirectory("a64-mongod-");
            return new MongodProcess(data, moreOptions);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Process launch() throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Service.mongodBinary().toString(),
                "--bind_ip",
                "127.0.0.1",
                "--port",
                Integer.toString(port),
                "--dbpath",
                data.toString(),
                "--logpath",
                data.resolve("log").toString(),
                "--logappend",
                "--nounixsocket",
                "--wiredTigerCacheSizeGB",
                "0.25",
                "--setParameter",
                "enableTestCommands=1",
                "--setParameter",
                "shutdownTimeoutMillisForSignaledShutdown=100"));
        command.addAll(moreOptions);
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(data.resolve("out").toFile()))
                .start();
    }

    /** Returns when the server accepts connections. */
    public void awaitAnswer() {
        long end = System.nanoTime() + START_LIMIT.toNanos();
        while (!answers()) {
            if (!process.isAlive() || System.nanoTime() > end) {
                String output = output();
                close();
                throw new IllegalStateException("mongod did not start: " + output);
            }
            pause();
        }
    }

    private boolean answers() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    private String output() {
        try {
            return Files.readString(data.resolve("out"));
        } catch (IOException e) {
            return e.toString();
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(20);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while mongod starts", e);
        }
    }

    /** Returns the address, such as {@code 127.0.0.1:30001}. */
    public String address() {
        return "127.0.0.1:" + port;
    }

    /** Returns the connection string of this server alone, without a database. */
    public String uri() {
        return "mongodb://" + address() + "/?directConnection=true";
    }

    /** Returns how often a text occurs in the server's log, over all its lives. */
    public long countInLog(String text) {
        try (Stream<String> lines = Files.lines(data.resolve("log"))) {
            return lines.filter(line -> line.contains(text)).count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends the process by SIGKILL, so that what it had not stored is lost; returns when it is gone. */
    public void kill() {
        try {
            process.destroyForcibly().waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while mongod ends", e);
        }
    }

    /** Starts a killed server again on its port and data, and returns when it answers. */
    public void restart() {
        try {
            process = launch();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        awaitAnswer();
    }

    /** Stops the process where it stands by SIGSTOP: its connections stay open, and nobody answers. */
    public void freeze() {
        signal("STOP");
    }

    /** Lets a frozen process go on. */
    public void resume() {
        signal("CONT");
    }

    private void signal(String name) {
        try {
            int code = new ProcessBuilder("sh", "-c", "kill -" + name + " " + process.pid())
                    .inheritIO()
                    .start()
                    .waitFor();
            if (code != 0) {
                throw new IllegalStateException("cannot send SIG" + name + " to mongod " + process.pid());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while sending SIG" + name + " to mongod", e);
        }
    }

    /** Kills the process, whatever state it is in, and deletes its data. A second call does nothing. */
    @Override
    public void close() {
        Runtime.getRuntime().removeShutdownHook(closeAtExit);
        end();
    }

    private void end() {
        kill();
        if (!Files.exists(data)) {
            return;
        }
        try (Stream<Path> files = Files.walk(data)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
