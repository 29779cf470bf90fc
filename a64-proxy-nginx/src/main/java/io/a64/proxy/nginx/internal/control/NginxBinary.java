package io.a64.proxy.nginx.internal.control;

import io.a64.Deadline;
import io.a64.proxy.nginx.internal.NginxFailure;
import io.a64.proxy.spi.CommandResult;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The program, and what it was built with. */
final class NginxBinary {

    private static final Duration VERSION_LIMIT = Duration.ofSeconds(10);

    private final Machine machine;
    private final String name;
    private volatile String version = "";

    NginxBinary(Machine machine, String name) {
        this.machine = machine;
        this.name = name;
    }

    /** Returns the path of the program; a plain name is looked up. */
    String path() throws NginxFailure {
        return machine.program(name);
    }

    /** Returns the value of a {@code --option} that it was built with; the program is asked once. */
    String builtIn(String option, String fallback, Deadline deadline) throws NginxFailure {
        if (version.isEmpty()) {
            version = version(deadline.orAfter(VERSION_LIMIT));
        }
        Matcher matcher = Pattern.compile("--" + option + "=(\\S+)").matcher(version);
        return matcher.find() ? matcher.group(1) : fallback;
    }

    private String version(Deadline deadline) throws NginxFailure {
        CommandResult result = machine.run(List.of(path(), "-V"), deadline);
        if (result.exitCode() != 0) {
            throw NginxFailure.unavailable(
                    "the program \"" + path() + "\" does not tell how it was built", result.lines());
        }
        return String.join(" ", result.lines());
    }
}
