package io.a64.proxy.nginx.hostile;

import io.a64.proxy.nginx.NginxMainConfiguration;
import io.a64.proxy.nginx.NginxSettings;
import io.a64.proxy.nginx.internal.generation.RenderedGeneration;
import io.a64.test.services.Service;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A generation on disk as the real NGINX reads it.
 *
 * @param accepted whether {@code nginx -t} says that it is in order
 * @param complaints what it said besides
 * @param files what {@code nginx -T} printed, by the path of each file that it read
 */
record DumpedConfiguration(boolean accepted, String complaints, SortedMap<Path, String> files) {

    private static final Pattern FILE = Pattern.compile("(?m)^# configuration file (.*):\\n");

    /** Writes our main configuration and the generation below a directory, and lets NGINX read both. */
    static DumpedConfiguration of(Path prefix, RenderedGeneration generation) throws Exception {
        write(prefix, generation);
        return read(prefix);
    }

    /** Writes our main configuration, {@code nginx.conf}, and the generation below a directory. */
    static void write(Path prefix, RenderedGeneration generation) throws IOException {
        NginxSettings settings =
                NginxSettings.of(prefix.resolve("conf.d")).withPrefix(prefix).withListen("127.0.0.1:8081");
        Files.createDirectories(prefix);
        Files.writeString(
                prefix.resolve("nginx.conf"),
                NginxMainConfiguration.of(settings).text());
        Path home = home(prefix);
        for (var file : generation.files().entrySet()) {
            Path path = home.resolve("gen-1").resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue());
        }
        Files.createSymbolicLink(home.resolve("current"), Path.of("gen-1"));
    }

    /** Returns the directory of the generations below a prefix. */
    static Path home(Path prefix) {
        return prefix.resolve("conf.d/a64");
    }

    private static DumpedConfiguration read(Path prefix) throws IOException, InterruptedException {
        Path dump = prefix.resolve("dump");
        Path complaints = prefix.resolve("complaints");
        Process nginx = new ProcessBuilder(List.of(
                        Service.nginxBinary().toString(),
                        "-T",
                        "-p",
                        prefix.toString(),
                        "-c",
                        "nginx.conf",
                        "-e",
                        "stderr"))
                .redirectOutput(dump.toFile())
                .redirectError(complaints.toFile())
                .start();
        boolean ended = nginx.waitFor(60, TimeUnit.SECONDS);
        nginx.destroyForcibly();
        return new DumpedConfiguration(
                ended && nginx.exitValue() == 0,
                Files.readString(complaints),
                files(Files.readString(dump, StandardCharsets.UTF_8)));
    }

    private static SortedMap<Path, String> files(String dump) {
        SortedMap<Path, String> files = new TreeMap<>();
        Matcher matcher = FILE.matcher(dump);
        int start = -1;
        String name = "";
        while (matcher.find()) {
            if (start >= 0) {
                files.put(Path.of(name), dump.substring(start, matcher.start()));
            }
            name = matcher.group(1);
            start = matcher.end();
        }
        if (start >= 0) {
            files.put(Path.of(name), dump.substring(start));
        }
        return files;
    }
}
