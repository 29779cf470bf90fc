package io.a64.proxy.nginx.hostile;

import io.a64.test.services.Service;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs a program of {@link Service#NGINX_LINTERS}. */
final class PythonProgram {

    private PythonProgram() {}

    /** Returns what it prints; what it says besides is the message of the exception if it does not end well. */
    static String output(Path directory, String code, String... arguments) throws IOException, InterruptedException {
        Path output = directory.resolve("linter.out");
        Path errors = directory.resolve("linter.err");
        List<String> command = new ArrayList<>(List.of("python3", "-c", code));
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectOutput(output.toFile()).redirectError(errors.toFile());
        builder.environment().put("PYTHONPATH", Service.nginxLinters().toString());
        builder.environment().put("PYTHONDONTWRITEBYTECODE", "1");
        Process process = builder.start();
        boolean ended = process.waitFor(120, TimeUnit.SECONDS);
        process.destroyForcibly();
        String said = Files.readString(errors);
        if (!ended || said.contains("Traceback")) {
            throw new IllegalStateException("python3 did not end well: " + said);
        }
        return Files.readString(output) + said;
    }
}
