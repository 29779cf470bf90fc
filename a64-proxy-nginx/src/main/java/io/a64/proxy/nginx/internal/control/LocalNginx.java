package io.a64.proxy.nginx.internal.control;

import io.a64.Deadline;
import io.a64.proxy.nginx.internal.NginxFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The NGINX of this machine: tested by its own binary, reloaded by a signal to the master that its pid file names. */
public final class LocalNginx implements NginxControl {

    private static final Duration TEST_LIMIT = Duration.ofSeconds(30);
    private static final String MASTER = "nginx: master process";
    private static final String WORKER = "nginx: worker process";
    private static final String RETIRING = "is shutting down";

    private final Path mainConfiguration;
    private final Optional<Path> prefix;
    private final NginxBinary binary;

    public LocalNginx(String binary, Path mainConfiguration, Optional<Path> prefix) {
        this.binary = new NginxBinary(binary);
        this.mainConfiguration = mainConfiguration;
        this.prefix = prefix;
    }

    @Override
    public void requireRunning(Deadline deadline) throws NginxFailure {
        master();
    }

    /** Reads the pid file anew each time: NGINX may have been restarted. */
    private ProcessHandle master() throws NginxFailure {
        Path pidFile = pidFile();
        long pid = pid(pidFile);
        String title = title(pid);
        if (!title.startsWith(MASTER)) {
            String what = title.isEmpty() ? "no process" : "another program (" + title + ")";
            throw NginxFailure.unavailable(
                    "NGINX is not running: its pid file " + pidFile + " names " + pid + ", which is " + what,
                    List.of());
        }
        return ProcessHandle.of(pid).orElseThrow(() -> NginxFailure.unavailable("NGINX has just ended", List.of()));
    }

    private Path pidFile() throws NginxFailure {
        Optional<String> configured = mainConfiguration().first("pid");
        return absolute(configured.isPresent() ? configured.get() : binary.builtIn("pid-path", "logs/nginx.pid"));
    }

    private Path absolute(String path) throws NginxFailure {
        Path base = prefix.isPresent() ? prefix.get() : Path.of(binary.builtIn("prefix", "/etc/nginx"));
        return base.resolve(path);
    }

    private MainConfiguration mainConfiguration() throws NginxFailure {
        try {
            return MainConfiguration.read(mainConfiguration);
        } catch (IOException e) {
            throw NginxFailure.unavailable(
                    "the main configuration " + mainConfiguration + " cannot be read: " + e, List.of());
        }
    }

    private static long pid(Path pidFile) throws NginxFailure {
        try {
            return Long.parseLong(Files.readString(pidFile).strip());
        } catch (IOException e) {
            throw NginxFailure.unavailable("NGINX is not running: there is no pid file " + pidFile, List.of());
        } catch (NumberFormatException e) {
            throw NginxFailure.unavailable(
                    "NGINX is not running: its pid file " + pidFile + " names no process", List.of());
        }
    }

    /** Returns what the process calls itself, nothing if there is none. */
    private static String title(long pid) {
        try {
            byte[] commandLine = Files.readAllBytes(Path.of("/proc", Long.toString(pid), "cmdline"));
            return new String(commandLine, StandardCharsets.UTF_8)
                    .replace('\0', ' ')
                    .strip();
        } catch (IOException e) {
            return "";
        }
    }

    @Override
    public Workers workers(Deadline deadline) throws NginxFailure {
        Set<Long> accepting = new HashSet<>();
        Set<Long> retiring = new HashSet<>();
        master().children().map(ProcessHandle::pid).forEach(pid -> {
            String title = title(pid);
            if (title.startsWith(WORKER)) {
                (title.contains(RETIRING) ? retiring : accepting).add(pid);
            }
        });
        return new Workers(accepting, retiring);
    }

    @Override
    public void reload(Deadline deadline) throws NginxFailure {
        String pid = Long.toString(master().pid());
        Command.Result sent = Command.run(List.of("/bin/sh", "-c", "kill -HUP \"$1\"", "sh", pid), deadline);
        if (sent.exitCode() != 0) {
            throw NginxFailure.unavailable("the NGINX master " + pid + " could not be signalled", sent.lines());
        }
    }

    @Override
    public Complaints complaints(Deadline deadline) {
        try {
            return ErrorLog.markedAtEnd(
                    absolute(mainConfiguration().first("error_log").orElse("logs/error.log")));
        } catch (NginxFailure e) {
            return whenever -> List.of();
        }
    }

    @Override
    public void test(Path currentLink, Path staged, Deadline deadline) throws NginxFailure {
        try (StagedConfiguration copy = new StagedConfiguration(mainConfiguration, currentLink, staged)) {
            requireAccepted(copy.write(), deadline.orAfter(TEST_LIMIT));
        } catch (IOException e) {
            throw NginxFailure.unavailable("the staged configuration cannot be tested: " + e, List.of());
        }
    }

    @Override
    public Path asSeen(Path local, Deadline deadline) {
        return local;
    }

    private void requireAccepted(Path configuration, Deadline deadline) throws NginxFailure {
        List<String> command = new ArrayList<>(List.of(binary.path(), "-t", "-e", "stderr"));
        prefix.ifPresent(path -> command.addAll(List.of("-p", path.toString())));
        command.addAll(List.of("-c", configuration.toString()));
        Command.Result result = Command.run(command, deadline);
        if (result.exitCode() != 0) {
            List<String> output = result.lines().stream()
                    .map(StagedConfiguration::inOperatorsWords)
                    .toList();
            List<String> lines = output.stream()
                    .filter(line -> line.contains("[emerg]") || line.contains("[crit]") || line.contains("[alert]"))
                    .toList();
            throw NginxFailure.refused(
                    "NGINX refuses the configuration: " + (lines.isEmpty() ? output : lines.get(0)), output);
        }
    }
}
