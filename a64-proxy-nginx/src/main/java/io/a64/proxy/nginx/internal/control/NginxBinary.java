package io.a64.proxy.nginx.internal.control;

import io.a64.Deadline;
import io.a64.proxy.nginx.internal.NginxFailure;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The program, and what it was built with. */
final class NginxBinary {

    private static final Duration VERSION_LIMIT = Duration.ofSeconds(10);

    private final String name;
    private volatile String version = "";

    NginxBinary(String name) {
        this.name = name;
    }

    /** Returns the path of the program; a plain name is looked up. */
    String path() throws NginxFailure {
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

    /** Returns the value of a {@code --option} that it was built with; the program is asked once. */
    String builtIn(String option, String fallback) throws NginxFailure {
        if (version.isEmpty()) {
            Command.Result result = Command.run(List.of(path(), "-V"), Deadline.after(VERSION_LIMIT));
            version = String.join(" ", result.lines());
        }
        Matcher matcher = Pattern.compile("--" + option + "=(\\S+)").matcher(version);
        return matcher.find() ? matcher.group(1) : fallback;
    }
}
