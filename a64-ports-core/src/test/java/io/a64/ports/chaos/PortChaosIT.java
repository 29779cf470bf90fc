package io.a64.ports.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.a64.test.services.RequiresService;
import io.a64.test.services.Service;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Four processes allocate and release ports on a replica set of three while processes are killed, the primary is lost
 * and messages are lost; then every history is judged. The long run, at least 10,000 allocations and 25 kills:
 *
 * <pre>{@code
 * mvn -pl a64-ports-core -am test -Dtest=PortChaosIT -Dsurefire.failIfNoSpecifiedTests=false -Da64.chaos.allocations=10000
 * }</pre>
 *
 * <p>{@code -Da64.chaos.seed=…} repeats the decisions of a run. {@code -Da64.chaos.fault=…} plants a fault, which must
 * turn the run red: {@code release-by-module}, {@code no-lease}, {@code client-clock}, {@code w1}, {@code plain-index}.
 */
@RequiresService(Service.MONGOD)
class PortChaosIT {
    private static final Path FOLDER = Path.of("target", "chaos");
    private static final int ALLOCATIONS = 1000;

    @Test
    @DisplayName("case 39: no port is given out twice and no claim is lost or leaked, whatever process or primary dies")
    void noPortIsGivenOutTwiceAndNoClaimIsLostOrLeakedWhateverDies() throws IOException {
        ChaosPlan plan = ChaosPlan.ofProperties(ALLOCATIONS);

        ChaosReport report = ChaosRun.of(plan, Files.createDirectories(FOLDER));

        assertThat(report.verdict()).as(report.text()).matches(Verdict::isClean, "is clean");
        assertThat(report.allocations()).isGreaterThanOrEqualTo(plan.allocations());
        assertThat(report.kept()).as("ports kept to the end").isPositive();
        assertThat(report.refused()).as("confirmations after the lease").isPositive();
        assertThat(report.kills()).isGreaterThanOrEqualTo(plan.kills());
        assertThat(report.recovered()).as("claims of killed workers").isPositive();
        assertThat(report.losses()).containsOnlyKeys(LossOfPrimary.values());
        assertThat(report.losses().values().stream().mapToInt(Integer::intValue).sum())
                .isEqualTo(plan.losses());
        assertThat(Map.of(
                        "lost requests", report.lostRequests(),
                        "delayed requests", report.delayedRequests(),
                        "lost replies", report.lostReplies()))
                .as("faults of messages")
                .allSatisfy((kind, count) -> assertThat(count).isPositive());
    }
}
