package io.a64.proxy.nginx.internal.control;

import io.a64.Deadline;
import io.a64.proxy.nginx.internal.NginxFailure;
import io.a64.proxy.spi.CommandResult;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An NGINX that is tested by its own binary and reloaded by a signal to the master that its pid file names. */
public final class RunningNginx implements NginxControl {

    private static final Duration TEST_LIMIT = Duration.ofSeconds(30);
    /** What a shell says of a program that it cannot run, or find. */
    private static final Set<Integer> NO_PROGRAM = Set.of(126, 127);

    private static final String WORKER = "nginx: worker process";
    private static final String RETIRING = "is shutting down";

    private static final Pattern PSS = Pattern.compile("Pss:\\s+([0-9]+) kB");

    private final Machine machine;
    private final NginxBinary binary;
    private final Path mainConfiguration;
    private final Optional<Path> prefix;
    private volatile Optional<Path> knownPidFile = Optional.empty();

    public RunningNginx(Machine machine, String binary, Path mainConfiguration, Optional<Path> prefix) {
        this.machine = machine;
        this.binary = new NginxBinary(machine, binary);
        this.mainConfiguration = mainConfiguration;
        this.prefix = prefix;
    }

    @Override
    public void requireRunning(Deadline deadline) throws NginxFailure {
        master(deadline);
    }

    /** The file is read anew each time, because NGINX may have been restarted; its place only if it disappoints. */
    private ProcessFamily master(Deadline deadline) throws NginxFailure {
        Optional<Path> known = knownPidFile;
        if (known.isPresent()) {
            Optional<ProcessFamily> found =
                    machine.family(known.get(), deadline).filter(ProcessFamily::isNginx);
            if (found.isPresent()) {
                return found.get();
            }
        }
        Path pidFile = pidFile(deadline);
        ProcessFamily master = requireMaster(pidFile, machine.family(pidFile, deadline));
        knownPidFile = Optional.of(pidFile);
        return master;
    }

    private static ProcessFamily requireMaster(Path pidFile, Optional<ProcessFamily> found) throws NginxFailure {
        Optional<ProcessFamily> master = found.filter(ProcessFamily::isNginx);
        if (master.isPresent()) {
            return master.get();
        }
        String problem = found.map(family -> "its pid file " + pidFile + " " + family.names())
                .orElse("there is no pid file " + pidFile);
        throw NginxFailure.unavailable("NGINX is not running: " + problem, List.of());
    }

    private Path pidFile(Deadline deadline) throws NginxFailure {
        Optional<String> configured = mainConfiguration(deadline).first("pid");
        return absolute(
                configured.isPresent() ? configured.get() : binary.builtIn("pid-path", "logs/nginx.pid", deadline),
                deadline);
    }

    private Path absolute(String path, Deadline deadline) throws NginxFailure {
        Path base = prefix.isPresent() ? prefix.get() : Path.of(binary.builtIn("prefix", "/etc/nginx", deadline));
        return base.resolve(path);
    }

    private ConfigurationText mainConfiguration(Deadline deadline) throws NginxFailure {
        return new ConfigurationText(OperatorFiles.readMain(machine, mainConfiguration, deadline));
    }

    @Override
    public Workers workers(Deadline deadline) throws NginxFailure {
        Set<Long> accepting = new HashSet<>();
        Set<Long> starting = new HashSet<>();
        Set<Long> retiring = new HashSet<>();
        master(deadline).children().forEach((pid, title) -> {
            if (title.startsWith(WORKER)) {
                (title.contains(RETIRING) ? retiring : accepting).add(pid);
            } else if (title.startsWith(ProcessFamily.MASTER)) {
                starting.add(pid); // it keeps the title that it was forked with until it is ready
            }
        });
        return new Workers(accepting, starting, retiring);
    }

    @Override
    public void reload(Deadline deadline) throws NginxFailure {
        String pid = master(deadline).pid();
        CommandResult sent = signal("HUP", List.of(pid), deadline);
        if (sent.exitCode() != 0) {
            throw NginxFailure.unavailable("the NGINX master " + pid + " could not be signalled", sent.lines());
        }
    }

    /** A worker that cannot be signalled has ended already, or is left to the master. */
    @Override
    public void retire(Set<Long> workers, Deadline deadline) throws NginxFailure {
        signal("QUIT", workers.stream().map(String::valueOf).toList(), deadline);
    }

    private CommandResult signal(String signal, List<String> pids, Deadline deadline) throws NginxFailure {
        List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", "kill -\"$0\" \"$@\"", signal));
        command.addAll(pids);
        return machine.run(command, deadline);
    }

    @Override
    public OptionalLong memory(Set<Long> workers, Deadline deadline) throws NginxFailure {
        List<String> command =
                new ArrayList<>(List.of("/bin/sh", "-c", "for p; do cat \"/proc/$p/smaps_rollup\"; done", "sh"));
        workers.forEach(pid -> command.add(pid.toString()));
        List<Long> kilobytes = machine.run(command, deadline)
                .output()
                .lines()
                .map(PSS::matcher)
                .filter(Matcher::matches)
                .map(line -> Long.valueOf(line.group(1)))
                .toList();
        return kilobytes.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(
                        kilobytes.stream().mapToLong(size -> size * 1024).sum());
    }

    @Override
    public boolean isTaken(InetSocketAddress address) {
        return machine.isTaken(address);
    }

    @Override
    public Complaints complaints(Deadline deadline) {
        try {
            Path log = absolute(mainConfiguration(deadline).first("error_log").orElse("logs/error.log"), deadline);
            Machine.LogMark mark = machine.mark(log, deadline);
            return whenever -> GraveLines.of(mark.since(whenever));
        } catch (NginxFailure e) {
            return whenever -> List.of();
        }
    }

    @Override
    public String mainText(Deadline deadline) throws NginxFailure {
        return mainConfiguration(deadline).text();
    }

    @Override
    public Path asSeen(Path local, Deadline deadline) throws NginxFailure {
        return machine.asSeen(local, deadline);
    }

    @Override
    public URI reach(URI listener, Deadline deadline) throws NginxFailure {
        return machine.reach(listener, deadline);
    }

    @Override
    public void test(Path currentLink, Path staged, Deadline deadline) throws NginxFailure {
        try (StagedConfiguration copy =
                new StagedConfiguration(machine, mainConfiguration, currentLink, staged, deadline)) {
            requireAccepted(copy, copy.write(deadline), deadline.orAfter(TEST_LIMIT));
        }
    }

    private void requireAccepted(StagedConfiguration copy, Path main, Deadline deadline) throws NginxFailure {
        List<String> command = new ArrayList<>(List.of(binary.path(), "-t", "-e", "stderr"));
        prefix.ifPresent(path -> command.addAll(List.of("-p", path.toString())));
        command.addAll(List.of("-c", main.toString()));
        CommandResult result = machine.run(command, deadline);
        List<String> output =
                result.lines().stream().map(copy::inOperatorsWords).toList();
        if (NO_PROGRAM.contains(result.exitCode())) {
            throw NginxFailure.unavailable("the program \"" + binary.path() + "\" cannot be run", output);
        }
        if (result.exitCode() != 0) {
            List<String> complaints = GraveLines.of(String.join("\n", output));
            throw NginxFailure.refused(
                    "NGINX refuses the configuration: " + (complaints.isEmpty() ? output : complaints.get(0)), output);
        }
    }
}
