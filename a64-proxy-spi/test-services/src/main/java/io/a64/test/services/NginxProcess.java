package io.a64.test.services;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** An NGINX of the test's own: own prefix, own main configuration, started here and ended by {@link #close()}. */
public final class NginxProcess implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofSeconds(10);

    private final Process process;

    private NginxProcess(Process process) {
        this.process = process;
    }

    /**
     * Starts NGINX and returns when it answers on the port of the loopback address. Writes its error log to {@code
     * error.log} below the prefix.
     */
    public static NginxProcess start(Path prefix, Path mainConfiguration, int port) {
        return start(prefix, mainConfiguration, InetAddress.getLoopbackAddress(), port);
    }

    /** Starts NGINX as above, and returns when it answers on the port of this address. */
    public static NginxProcess start(Path prefix, Path mainConfiguration, InetAddress address, int port) {
        try {
            Files.createDirectories(prefix.resolve("logs"));
            Process process = new ProcessBuilder(List.of(
                            Service.nginxBinary().toString(),
                            "-p",
                            prefix.toString(),
                            "-c",
                            mainConfiguration.toString(),
                            "-e",
                            prefix.resolve("error.log").toString(),
                            "-g",
                            "daemon off;"))
                    .redirectErrorStream(true)
                    .redirectOutput(prefix.resolve("nginx.out").toFile())
                    .start();
            NginxProcess nginx = new NginxProcess(process);
            nginx.awaitAnswer(address, port, prefix);
            return nginx;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitAnswer(InetAddress address, int port, Path prefix) throws IOException {
        long end = System.nanoTime() + START_LIMIT.toNanos();
        while (!answers(address, port)) {
            if (!process.isAlive() || System.nanoTime() > end) {
                close();
                throw new IllegalStateException(
                        "nginx did not start: " + Files.readString(prefix.resolve("nginx.out")));
            }
            pause();
        }
    }

    /** An open port is not enough: the master listens before it has written its pid file and has workers. */
    private static boolean answers(InetAddress address, int port) {
        try (Socket socket = new Socket(address, port)) {
            socket.setSoTimeout((int) START_LIMIT.toMillis());
            socket.getOutputStream().write("GET / HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            return socket.getInputStream().read() >= 0;
        } catch (IOException e) {
            return false;
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(10);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while nginx starts", e);
        }
    }

    /** Returns the process id of the master. */
    public long pid() {
        return process.pid();
    }

    /** Ends the master by SIGTERM, by force after five seconds, and its workers with it. */
    @Override
    public void close() {
        List<ProcessHandle> workers = process.descendants().toList();
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                workers.forEach(ProcessHandle::destroyForcibly);
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
