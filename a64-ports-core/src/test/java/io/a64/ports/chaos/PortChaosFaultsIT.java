package io.a64.ports.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.a64.ports.mongo.PlantedFault;
import io.a64.test.services.RequiresService;
import io.a64.test.services.Service;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The run of {@link PortChaosIT}, shorter, with allocators that are made wrong: it has to find each mistake. */
@RequiresService(Service.MONGOD)
class PortChaosFaultsIT {
    private static final Path FOLDER = Path.of("target", "chaos");
    private static final int ALLOCATIONS = 300;

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void aPlantedFaultIsFound(PlantedFault fault) throws IOException {
        ChaosPlan plan = new ChaosPlan(System.nanoTime(), ALLOCATIONS, fault);

        ChaosReport report = ChaosRun.of(plan, Files.createDirectories(FOLDER));

        assertThat(consequences(fault, report.verdict())).as(report.text()).isNotEmpty();
    }

    private static List<String> consequences(PlantedFault fault, Verdict verdict) {
        return switch (fault) {
            case RELEASE_BY_MODULE -> verdict.lost();
            // Which writes are rolled back is a matter of chance: those of an allocation, or of a release.
            case W1 ->
                Stream.of(verdict.duplicates(), verdict.lost(), verdict.leaked())
                        .flatMap(List::stream)
                        .toList();
            case NO_LEASE -> verdict.leaked();
            case CLIENT_CLOCK -> verdict.tooSoon();
            case PLAIN_INDEX -> verdict.duplicates();
            case NONE -> throw new IllegalArgumentException("no fault, no consequences");
        };
    }
}
