package io.a64.proxy.nginx.internal.control;

import io.a64.A64Exception;
import io.a64.Deadline;
import io.a64.FailureKind;
import io.a64.proxy.nginx.internal.NginxFailure;
import io.a64.proxy.spi.CommandResult;
import io.a64.proxy.spi.CommandRunner;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * A container, asked by commands. They need a shell as POSIX has it with {@code cat} and {@code rm}; where there are
 * {@code wc} and {@code tail} as well, the end of a log file can be shown.
 */
public final class ContainerMachine implements Machine {

    private static final int LOG_LINES = 200;

    private final CommandRunner runner;

    public ContainerMachine(CommandRunner runner) {
        this.runner = runner;
    }

    /** Asks the container one thing. */
    @FunctionalInterface
    private interface Question<T> {
        T ask();
    }

    /** What cannot be asked is down, whatever the runner's own words for it are. */
    private static <T> T answer(Question<T> question) throws NginxFailure {
        try {
            return question.ask();
        } catch (A64Exception e) {
            FailureKind kind = e.kind() == FailureKind.DEADLINE_EXCEEDED ? e.kind() : FailureKind.UNAVAILABLE;
            throw new NginxFailure(
                    Thread.currentThread().isInterrupted() ? FailureKind.INTERRUPTED : kind,
                    String.valueOf(e.getMessage()),
                    e.evidence(),
                    e);
        }
    }

    @Override
    public CommandResult run(List<String> command, Deadline deadline) throws NginxFailure {
        return answer(() -> runner.run(command, deadline));
    }

    private String output(String what, String script, List<String> arguments, Deadline deadline) throws NginxFailure {
        CommandResult result = run(shell(script, arguments), deadline);
        if (result.exitCode() != 0) {
            throw NginxFailure.unavailable(what + " in " + runner + " failed", result.lines());
        }
        return result.output();
    }

    private static List<String> shell(String script, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", script, "sh"));
        command.addAll(arguments);
        return command;
    }

    @Override
    public String program(String name) {
        return name;
    }

    @Override
    public Map<Path, Matched> readAll(Collection<Path> patterns, Deadline deadline) throws NginxFailure {
        String boundary = UUID.randomUUID().toString();
        List<String> arguments = new ArrayList<>(List.of(boundary));
        patterns.forEach(pattern -> arguments.add(pattern.toString()));
        String output = output("reading " + patterns, ContainerScripts.READ, arguments, deadline);
        return ContainerScripts.readFiles(output, boundary);
    }

    @Override
    public void write(Path file, String text, Deadline deadline) throws NginxFailure {
        List<String> arguments = new ArrayList<>(List.of(file.toString()));
        arguments.addAll(ContainerScripts.printable(text));
        output("writing " + file, ContainerScripts.WRITE, arguments, deadline);
    }

    @Override
    public void delete(Path file, Deadline deadline) throws NginxFailure {
        output("removing " + file, ContainerScripts.DELETE, List.of(file.toString()), deadline);
    }

    @Override
    public Optional<ProcessFamily> family(Path pidFile, Deadline deadline) throws NginxFailure {
        String output = output("looking at " + pidFile, ContainerScripts.FAMILY, List.of(pidFile.toString()), deadline);
        return ContainerScripts.family(output);
    }

    /** NGINX images usually write their error log to the container's output, where there is no file to read. */
    @Override
    public LogMark mark(Path log, Deadline deadline) {
        try {
            String size = output("measuring " + log, ContainerScripts.SIZE, List.of(log.toString()), deadline)
                    .strip();
            return whenever -> since(log, size, whenever);
        } catch (NginxFailure e) {
            Set<String> before = new HashSet<>(errorTail(deadline));
            return whenever -> errorTail(whenever).stream()
                    .filter(line -> !before.contains(line))
                    .collect(Collectors.joining("\n"));
        }
    }

    private String since(Path log, String size, Deadline deadline) {
        try {
            return output("reading " + log, ContainerScripts.SINCE, List.of(log.toString(), size), deadline);
        } catch (NginxFailure e) {
            return "";
        }
    }

    private List<String> errorTail(Deadline deadline) {
        try {
            return answer(() -> runner.errorTail(LOG_LINES, deadline));
        } catch (NginxFailure e) {
            return List.of();
        }
    }

    @Override
    public Path asSeen(Path local, Deadline deadline) throws NginxFailure {
        return answer(() -> runner.asSeen(local, deadline));
    }

    @Override
    public Set<Path> names(Path local, Deadline deadline) throws NginxFailure {
        return Set.of(asSeen(local, deadline));
    }

    @Override
    public URI reach(URI listener, Deadline deadline) throws NginxFailure {
        String address = answer(() -> runner.reach(listener.getHost(), listener.getPort(), deadline));
        return URI.create(listener.getScheme() + "://" + address);
    }

    /** A port can only be tried from within. */
    @Override
    public boolean isTaken(InetSocketAddress address) {
        return false;
    }
}
