package io.a64.proxy.spi;

import io.a64.Deadline;
import java.nio.file.Path;
import java.util.List;

/**
 * The container that a proxy runs in, for a writer that runs elsewhere: runs commands there, and tells how things here
 * and there are called on the other side. Safe for use by several threads.
 *
 * <p>Every method ends by its deadline and throws an {@link io.a64.A64Exception} if it cannot do what it is for: of kind
 * {@code UNAVAILABLE} if the container does not run or cannot be asked, of kind {@code DEADLINE_EXCEEDED} if the
 * deadline passed or the thread was interrupted, whose interrupt flag is set then.
 */
public interface CommandRunner extends AutoCloseable {

    /**
     * Runs a command to its end, as the container's own user, with nothing to read. A command that has not ended by the
     * deadline is killed as far as that is possible.
     *
     * @param command the program, looked up on the container's path unless it is a path itself, and its arguments
     * @return what came of it; exit code 126 or 127 if there is no such program
     */
    CommandResult run(List<String> command, Deadline deadline);

    /**
     * Returns where a file or directory of this machine is seen in the container, through a volume that both share. It
     * need not exist yet; a link is not followed.
     */
    Path asSeen(Path local, Deadline deadline);

    /**
     * Returns {@code address:port} under which this process reaches a TCP listener of the container.
     *
     * @param address the IP literal that it listens at there
     */
    String reach(String address, int port, Deadline deadline);

    /** Returns the last lines that the container's own process wrote to its standard error, oldest first. */
    List<String> errorTail(int lines, Deadline deadline);

    /** Returns how messages call the container, such as {@code container web}. */
    @Override
    String toString();

    /** Gives back what it opened; the container stays as it is. A second call does nothing. */
    @Override
    void close();
}
