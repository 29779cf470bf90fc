package io.a64.proxy.nginx.internal.control;

import io.a64.Deadline;
import io.a64.proxy.nginx.internal.NginxFailure;
import io.a64.proxy.spi.CommandResult;
import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** This machine. Processes are looked at in {@code /proc}. */
public final class LocalMachine implements Machine {

    private static final int MOST_LOG_BYTES = 64 * 1024;
    private static final Pattern BLANK = Pattern.compile(" ");

    @Override
    public CommandResult run(List<String> command, Deadline deadline) throws NginxFailure {
        return LocalCommand.run(command, deadline);
    }

    @Override
    public String program(String name) throws NginxFailure {
        if (name.indexOf('/') >= 0) {
            return name;
        }
        String folders = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return Stream.concat(
                        Pattern.compile(File.pathSeparator, Pattern.LITERAL).splitAsStream(folders),
                        Stream.of("/usr/sbin", "/usr/local/sbin"))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst()
                .orElseThrow(() -> NginxFailure.unavailable(
                        "there is no program \"" + name + "\" on the path; install NGINX or name its binary",
                        List.of()));
    }

    @Override
    public Map<Path, Matched> readAll(Collection<Path> patterns, Deadline deadline) throws NginxFailure {
        Map<Path, Matched> found = new HashMap<>();
        try {
            for (Path pattern : patterns) {
                found.put(pattern, LocalGlob.read(pattern));
            }
        } catch (IOException e) {
            throw NginxFailure.unavailable("NGINX's configuration cannot be read: " + e, List.of());
        }
        return found;
    }

    @Override
    public void write(Path file, String text, Deadline deadline) throws NginxFailure {
        try {
            Files.deleteIfExists(file);
            Files.writeString(file, text, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw NginxFailure.unavailable(file + " cannot be written: " + e, List.of());
        }
    }

    @Override
    public void delete(Path file, Deadline deadline) throws NginxFailure {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw NginxFailure.unavailable(file + " cannot be removed: " + e, List.of());
        }
    }

    /** Anything but a plain file, such as a FIFO, could be waited for without end. */
    @Override
    public Optional<ProcessFamily> family(Path pidFile, Deadline deadline) throws NginxFailure {
        if (!Files.isRegularFile(pidFile)) {
            return Optional.empty();
        }
        try {
            return Optional.of(family(
                    Files.readString(pidFile, StandardCharsets.ISO_8859_1).strip()));
        } catch (IOException e) {
            throw NginxFailure.unavailable("the pid file " + pidFile + " cannot be read: " + e, List.of());
        }
    }

    private static ProcessFamily family(String text) {
        Optional<ProcessHandle> process = pid(text).flatMap(ProcessHandle::of);
        if (process.isEmpty()) {
            return ProcessFamily.extinct(text);
        }
        Map<Long, String> children = new HashMap<>();
        children(process.get()).forEach(pid -> children.put(pid, title(pid)));
        return new ProcessFamily(text, title(process.get().pid()), children);
    }

    /** Most kernels know the children of a process; otherwise all processes are looked through. */
    private static Stream<Long> children(ProcessHandle process) {
        String pid = Long.toString(process.pid());
        try {
            return BLANK.splitAsStream(Files.readString(Path.of("/proc", pid, "task", pid, "children")))
                    .filter(child -> !child.isBlank())
                    .map(Long::valueOf);
        } catch (IOException e) {
            return process.children().map(ProcessHandle::pid);
        }
    }

    private static Optional<Long> pid(String text) {
        try {
            return Optional.of(Long.valueOf(text));
        } catch (NumberFormatException e) {
            return Optional.empty();
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
    public LogMark mark(Path log, Deadline deadline) {
        long mark = Files.isRegularFile(log) ? log.toFile().length() : 0;
        return whenever -> since(log, mark);
    }

    private static String since(Path file, long mark) {
        if (!Files.isRegularFile(file)) {
            return "";
        }
        try (RandomAccessFile log = new RandomAccessFile(file.toFile(), "r")) {
            log.seek(Math.min(mark, log.length()));
            byte[] bytes = new byte[(int) Math.min(MOST_LOG_BYTES, log.length() - log.getFilePointer())];
            log.readFully(bytes);
            return new String(bytes, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }

    @Override
    public Path asSeen(Path local, Deadline deadline) {
        return local;
    }

    /** An operator may have written a directory's name or that of a link to it. */
    @Override
    public Set<Path> names(Path local, Deadline deadline) {
        try {
            Path real = local.resolveSibling("").toRealPath().resolve(local.getFileName());
            return real.equals(local) ? Set.of(local) : Set.of(local, real);
        } catch (IOException e) {
            return Set.of(local); // not there yet, so there is no link to it either
        }
    }

    @Override
    public URI reach(URI listener, Deadline deadline) {
        return listener;
    }

    /** Asks as NGINX does, so that only what would be in its way counts; a port that we may not have, it may. */
    @Override
    public boolean isTaken(InetSocketAddress address) {
        StandardProtocolFamily family = address.getAddress() instanceof Inet6Address
                ? StandardProtocolFamily.INET6
                : StandardProtocolFamily.INET;
        try (SocketChannel socket = SocketChannel.open(family)) {
            socket.setOption(StandardSocketOptions.SO_REUSEADDR, true).bind(address);
            return false;
        } catch (IOException e) {
            return String.valueOf(e.getMessage()).contains("already in use");
        }
    }
}
