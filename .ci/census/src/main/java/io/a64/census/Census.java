package io.a64.census;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.function.ToIntFunction;

/** Prints the census as the very last lines of a build. */
public final class Census {

    private Census() {}

    /**
     * Runs inside the build's own JVM.
     *
     * @param arguments the root of the source tree, and the moment the build began; older reports do not count
     * @throws IOException if a report cannot be read
     * @throws IllegalStateException if no contract was run, or one was not although real services are demanded
     */
    public static void main(String[] arguments) throws IOException {
        Path root = Path.of(arguments[0]);
        Collection<ClassReport> reports = ReportFiles.read(root, Instant.parse(arguments[1]));
        ContractTable table = new ContractTable(ReportFiles.contracts(root), reports);
        printAtTheEnd(System.lineSeparator() + table.text() + totals(reports));
        if (table.isEmpty()) {
            throw new IllegalStateException("no contract was run");
        }
        if (table.hasGaps() && "real".equals(System.getenv("A64_SERVICES"))) {
            throw new IllegalStateException("A64_SERVICES=real, but some contracts were not run:\n" + table.text());
        }
    }

    /**
     * Maven prints a summary of its own after the last module; the table has to come after that. The plugin that runs
     * us destroys its thread group when we return, so the thread must belong to another.
     */
    private static void printAtTheEnd(String text) {
        ThreadGroup group = Thread.currentThread().getThreadGroup();
        while (group.getParent() != null) {
            group = group.getParent();
        }
        Runtime.getRuntime().addShutdownHook(new Thread(group, () -> System.out.println(text), "a64-census"));
    }

    private static String totals(Collection<ClassReport> reports) {
        int failed = sum(reports, ClassReport::failed);
        int skipped = sum(reports, ClassReport::skipped);
        int run = sum(reports, ClassReport::passed) + failed + skipped;
        return "Tests run: " + run + ", Failures: " + failed + ", Errors: 0, Skipped: " + skipped;
    }

    private static int sum(Collection<ClassReport> reports, ToIntFunction<ClassReport> number) {
        return reports.stream().mapToInt(number).sum();
    }
}
