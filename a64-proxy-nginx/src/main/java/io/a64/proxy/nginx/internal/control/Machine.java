package io.a64.proxy.nginx.internal.control;

import io.a64.Deadline;
import io.a64.proxy.nginx.internal.NginxFailure;
import io.a64.proxy.spi.CommandResult;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/**
 * The machine that NGINX runs on: this one, or a container. Paths are those of that machine, text stands for bytes
 * (ISO-8859-1). A method that cannot do what it is for, or not by the deadline, throws.
 */
public interface Machine {

    /** Runs a command to its end, which it gets by force when the deadline passes. */
    CommandResult run(List<String> command, Deadline deadline) throws NginxFailure;

    /** Returns what to call a program by: the name itself if it is looked up when it is run. */
    String program(String name) throws NginxFailure;

    /** Reads what include patterns match, in one go. */
    Map<Path, Matched> readAll(Collection<Path> patterns, Deadline deadline) throws NginxFailure;

    /** Writes a file, in the place of what is there. */
    void write(Path file, String text, Deadline deadline) throws NginxFailure;

    /** Removes a file; quiet if there is none. */
    void delete(Path file, Deadline deadline) throws NginxFailure;

    /** Looks at the process that a pid file names; empty if there is no such file. */
    Optional<ProcessFamily> family(Path pidFile, Deadline deadline) throws NginxFailure;

    /** Marks the present end of a log. */
    LogMark mark(Path log, Deadline deadline);

    /** Returns what a path of this process's machine is called there. */
    Path asSeen(Path local, Deadline deadline) throws NginxFailure;

    /** Returns all names that a path of this process's machine is known to have there. */
    Set<Path> names(Path local, Deadline deadline) throws NginxFailure;

    /** Returns an address that NGINX listens at as this process reaches it. */
    URI reach(URI listener, Deadline deadline) throws NginxFailure;

    /** Returns whether a program listens at an address; false where that cannot be known. */
    boolean isTaken(InetSocketAddress address);

    /**
     * What an include pattern matches.
     *
     * @param texts the files by their paths, in the order in which NGINX includes them
     * @param unreadable what cannot be read as a file: a FIFO, a directory, a link to nowhere
     */
    record Matched(SortedMap<Path, String> texts, List<Path> unreadable) {}

    /** The end of a log from a moment on. */
    @FunctionalInterface
    interface LogMark {

        /** Returns what has been written since, at most its first 64 KiB; empty if it cannot be read. */
        String since(Deadline deadline);
    }
}
