package io.a64.proxy.nginx;

import static org.assertj.core.api.Assertions.assertThat;

import io.a64.test.services.RequiresService;
import io.a64.test.services.Service;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What somebody else does inside our directory. Numbers are those of the traps in the research on NGINX. */
@RequiresService(Service.NGINX)
final class ForeignEditsTest extends NginxFixture {

    private Path modules;

    @BeforeEach
    void publishThree() {
        modules = configuration().resolve("modules");
        writer.publish(route("one"), soon());
        writer.publish(route("two"), soon());
        writer.publish(route("three"), soon());
    }

    /** Returns what the call logs as warnings and worse. */
    private static String warningsOf(ThrowingCallable call) throws Throwable {
        PrintStream before = System.err;
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
        try {
            call.call();
        } finally {
            System.setErr(before);
        }
        return log.toString(StandardCharsets.UTF_8);
    }

    private void assertAllServedAsWritten() throws IOException {
        for (String name : new String[] {"one", "two", "three"}) {
            writer.prove(route(name), soon());
            assertThat(modules.resolve(name + ".conf")).content().contains("location ^~ /" + name + "/ {");
        }
        try (Stream<Path> files = Files.list(modules)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("one.conf", "three.conf", "two.conf", "new.conf");
        }
    }

    @Test
    @DisplayName("trap 28: a module's file that somebody altered is named and written anew with the next change")
    void anAlteredFile() throws Throwable {
        Files.writeString(modules.resolve("three.conf"), "location /three/ {", StandardOpenOption.APPEND);

        String warnings = warningsOf(() -> writer.publish(route("new"), soon()));

        assertThat(warnings).contains("gen-3/modules/three.conf was altered").doesNotContain("one.conf", "two.conf");
        assertAllServedAsWritten();
    }

    @Test
    @DisplayName("trap 28: the same number of other bytes is noticed too")
    void anAlteredFileOfTheSameSize() throws Throwable {
        Path file = modules.resolve("three.conf");
        Files.writeString(file, Files.readString(file).replace("location ^~ /three/", "location ^~ /thrii/"));

        String warnings = warningsOf(() -> writer.publish(route("new"), soon()));

        assertThat(warnings).contains("three.conf was altered");
        assertAllServedAsWritten();
    }

    @Test
    @DisplayName("trap 28: a module's file that somebody took away is named and there again after the next change")
    void aRemovedFile() throws Throwable {
        Files.delete(modules.resolve("three.conf"));

        String warnings = warningsOf(() -> writer.publish(route("new"), soon()));

        assertThat(warnings).contains("three.conf is missing");
        assertAllServedAsWritten();
    }

    @Test
    @DisplayName(
            "trap 34: a stray file, a dangling link and a FIFO in our directory are named and gone with the next change")
    void strayFiles() throws Throwable {
        Files.writeString(modules.resolve("tmp1.conf"), "nonsense on;");
        Files.createSymbolicLink(modules.resolve("dangling.conf"), Path.of("/nowhere"));
        String fifo = modules.resolve("fifo.conf").toString();
        assertThat(new ProcessBuilder("mkfifo", fifo).start().waitFor()).isZero();

        String warnings = warningsOf(() -> writer.publish(route("new"), soon()));

        assertThat(warnings).contains("tmp1.conf is not ours", "dangling.conf is not ours", "fifo.conf is not ours");
        assertAllServedAsWritten();
    }

    @Test
    @DisplayName("trap 28: an edit is taken back also by publishing what is published already")
    void publishingTheSameAgain() throws Throwable {
        Files.writeString(modules.resolve("new.conf"), "# mine");

        String warnings = warningsOf(() -> writer.publish(route("three"), soon()));

        assertThat(warnings).contains("new.conf is not ours");
        assertThat(modules.resolve("new.conf")).doesNotExist();
    }

    @Test
    @DisplayName("trap 50: where nobody has edited anything, unchanged files are the same files in the next generation")
    void unchangedFilesAreNotWrittenAgain() throws Throwable {
        Object before = Files.getAttribute(modules.resolve("three.conf").toRealPath(), "unix:ino");

        String warnings = warningsOf(() -> writer.publish(route("new"), soon()));

        assertThat(warnings).isEmpty();
        assertThat(Files.getAttribute(modules.resolve("three.conf").toRealPath(), "unix:ino"))
                .isEqualTo(before);
        assertAllServedAsWritten();
    }
}
