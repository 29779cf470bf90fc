package io.a64.container.hostports;

import io.a64.Deadline;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Finds the processes that have sockets, by what their file descriptors refer to. Processes end while they are looked
 * at, and those of other users may not be looked at: both are passed over.
 */
final class SocketOwners {

    private static final Pattern UNSAFE = Pattern.compile("[^\\p{L}\\p{N}\\p{P}\\p{S} ]");
    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,9}");
    private static final String PREFIX = "socket:[";

    private final Path proc;

    /** @param proc the folder {@code /proc}, but for tests */
    SocketOwners(Path proc) {
        this.proc = proc;
    }

    /** Returns the process for each of the inodes that was found by the deadline, such as {@code nginx (pid 4711)}. */
    Map<Long, String> find(Collection<Long> inodes, Deadline deadline) {
        Map<String, Long> wanted = inodes.stream().collect(Collectors.toMap(inode -> PREFIX + inode + "]", i -> i));
        Map<Long, String> found = new HashMap<>();
        for (long pid : processes()) {
            if (found.size() == wanted.size() || HostPorts.isOver(deadline)) {
                break;
            }
            for (long inode : socketsOf(pid, wanted, deadline)) {
                found.computeIfAbsent(inode, key -> name(pid) + " (pid " + pid + ")");
            }
        }
        return found;
    }

    /** Sorted, so that of processes that share a socket the first, mostly the parent, is named. */
    private List<Long> processes() {
        List<Long> pids = new ArrayList<>();
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(
                proc, folder -> NUMBER.matcher(folder.getFileName().toString()).matches())) {
            folders.forEach(
                    folder -> pids.add(Long.parseLong(folder.getFileName().toString())));
        } catch (IOException | DirectoryIteratorException e) {
            return List.of(); // no such folder outside Linux
        }
        pids.sort(null);
        return pids;
    }

    private Set<Long> socketsOf(long pid, Map<String, Long> wanted, Deadline deadline) {
        Set<Long> sockets = new HashSet<>();
        Path descriptors = proc.resolve(Long.toString(pid)).resolve("fd");
        try (DirectoryStream<Path> links = Files.newDirectoryStream(descriptors)) {
            for (Path link : links) {
                if (HostPorts.isOver(deadline)) {
                    break;
                }
                Long inode = wanted.get(target(link));
                if (inode != null) {
                    sockets.add(inode);
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            return sockets; // it has ended, or is another user's
        }
        return sockets;
    }

    private static String target(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException | UnsupportedOperationException e) {
            return ""; // closed meanwhile
        }
    }

    /** A process chooses its name itself, so it must not drive a terminal. */
    private String name(long pid) {
        try {
            Path file = proc.resolve(Long.toString(pid)).resolve("comm");
            String name = Files.readString(file, StandardCharsets.ISO_8859_1).strip();
            return name.isEmpty() ? "without name" : UNSAFE.matcher(name).replaceAll("?");
        } catch (IOException e) {
            return "that has ended";
        }
    }
}
