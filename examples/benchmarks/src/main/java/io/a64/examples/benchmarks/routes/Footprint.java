package io.a64.examples.benchmarks.routes;

import com.sun.management.OperatingSystemMXBean;
import io.a64.examples.benchmarks.report.Samples;
import io.a64.examples.benchmarks.report.Table;
import io.a64.examples.benchmarks.routes.front.Front.Memory;
import io.a64.examples.benchmarks.routes.front.HandWritten;
import io.a64.examples.benchmarks.routes.front.Ours;
import io.a64.examples.benchmarks.routes.front.ProcessFacts;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What routes need besides time.
 *
 * @param byHandWorker memory of a worker with the configuration written by hand
 * @param oursWorker memory of a worker with ours
 * @param byHandTest CPU time of {@code nginx -t} by hand, in milliseconds
 * @param oursTest CPU time of {@code nginx -t} with ours
 * @param ourCpu CPU time of this process per change: reading, rendering, comparing, writing, waiting
 * @param written kilobytes that this process writes per change
 */
record Footprint(
        Memory byHandWorker, Memory oursWorker, double byHandTest, double oursTest, double ourCpu, double written) {

    static Table table() {
        return new Table(
                "Memory, CPU time and bytes",
                "modules",
                "worker by hand, RSS / PSS, MB",
                "worker ours, RSS / PSS, MB",
                "`nginx -t` by hand, CPU ms",
                "`nginx -t` ours, CPU ms",
                "the library's CPU per change, ms",
                "written per change, KB");
    }

    static Footprint measure(HandWritten byHand, Ours ours, int generation, Extent extent)
            throws IOException, InterruptedException {
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        List<Double> cpu = new ArrayList<>();
        List<Double> written = new ArrayList<>();
        for (int i = 0; i < extent.rounds(); i++) {
            long cpuBefore = system.getProcessCpuTime();
            long writtenBefore = ProcessFacts.writtenBytes();
            ours.routes().redeployFirst(generation + i);
            written.add((ProcessFacts.writtenBytes() - writtenBefore) / 1e3);
            cpu.add((system.getProcessCpuTime() - cpuBefore) / 1e6);
        }
        return new Footprint(
                byHand.front().workerMemory(),
                ours.front().workerMemory(),
                byHand.front().testCpuMillis(),
                ours.front().testCpuMillis(),
                Samples.of(cpu).median(),
                Samples.of(written).median());
    }

    void addTo(Table table, int size) {
        table.row(
                size,
                text(byHandWorker),
                text(oursWorker),
                text("%.0f", byHandTest),
                text("%.0f", oursTest),
                text("%.1f", ourCpu),
                text("%.1f", written));
    }

    private static String text(Memory memory) {
        return String.format(Locale.ROOT, "%.1f / %.1f", memory.resident(), memory.proportional());
    }

    private static String text(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }
}
