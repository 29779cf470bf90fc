package io.a64.ports.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.a64.FailureKind;
import io.a64.ports.PortAllocation;
import io.a64.ports.PortException;
import io.a64.ports.PortRequest;
import io.a64.ports.spi.PortAllocator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Many threads, and several allocators on one registry. */
abstract class PortAllocatorRaces extends PortAllocatorQuarantines {
    private static final int THREADS = 16;
    private static final int ROUNDS = 10;

    @Test
    void sixteenThreadsNeverGetOnePortTwice() {
        PortAllocator allocator = allocatorOf(64);

        List<Integer> ports = InParallel.run(THREADS, thread -> port(allocator, "module-" + thread));

        assertThat(ports).doesNotHaveDuplicates();
        assertThat(ports).as("the lowest ones, without a gap").containsExactlyInAnyOrderElementsOf(from9000(THREADS));
    }

    @Test
    void twoAllocatorsOnOneRegistryNeverGiveOnePortTwice() {
        List<PortAllocator> allocators = List.of(allocatorOf(64), allocatorOf(64));

        List<PortAllocation> allocations = InParallel.run(
                THREADS, thread -> allocators.get(thread % 2).allocate(request("module-" + thread, 1, 2, 3), soon()));

        assertThat(allocations.stream().flatMap(allocation -> allocation.ports().values().stream()))
                .as("the lowest ones, without a gap")
                .containsExactlyInAnyOrderElementsOf(from9000(3 * THREADS));
    }

    @Test
    void theLastFreePortsGoToAsManyAndTheOthersAreExhausted() {
        List<PortAllocator> allocators = List.of(allocatorOf(5), allocatorOf(5));

        List<Optional<Integer>> results =
                InParallel.run(THREADS, thread -> portOrExhausted(allocators.get(thread % 2), "module-" + thread));

        assertThat(results.stream().flatMap(Optional::stream)).containsExactlyInAnyOrderElementsOf(from9000(5));
    }

    @Test
    void theSameRequestFromManyThreadsGetsTheSamePorts() {
        List<PortAllocator> allocators = List.of(allocatorOf(64), allocatorOf(64));
        PortRequest request = request("module", 8080, 8081);

        List<PortAllocation> allocations =
                InParallel.run(THREADS, thread -> allocators.get(thread % 2).allocate(request, soon()));

        assertThat(allocations).as("allocations").containsOnly(allocations.get(0));
        assertThat(allocatedPorts(allocators.get(0)))
                .containsExactlyInAnyOrderElementsOf(allocations.get(0).ports().values());
    }

    @Test
    void oneOfManyOwnersGetsAGenerationAndTheOthersLeaveNothingBehind() {
        List<PortAllocator> allocators = List.of(allocatorOf(64), allocatorOf(64));

        List<Optional<PortAllocation>> results =
                InParallel.run(THREADS, thread -> allocationOrConflict(allocators.get(thread % 2), "owner-" + thread));

        assertThat(results.stream().flatMap(Optional::stream)).as("winners").hasSize(1);
        PortAllocation winner =
                results.stream().flatMap(Optional::stream).findFirst().orElseThrow();
        assertThat(allocatedPorts(allocators.get(0)))
                .containsExactlyInAnyOrderElementsOf(winner.ports().values());
    }

    @Test
    void aPortHasOneHolderAtATimeWhilePortsComeAndGo() {
        List<PortAllocator> allocators = List.of(allocatorOf(20), allocatorOf(20));
        Map<Integer, String> holders = new ConcurrentHashMap<>();

        List<Integer> doubles =
                InParallel.run(8, thread -> comeAndGo(allocators.get(thread % 2), "module-" + thread, holders));

        assertThat(doubles).as("ports met while another held them, per thread").containsOnly(0);
        assertThat(allocatedPorts(allocators.get(0))).as("left over").isEmpty();
    }

    private static int comeAndGo(PortAllocator allocator, String module, Map<Integer, String> holders) {
        int doubles = 0;
        for (int round = 1; round <= ROUNDS; round++) {
            PortRequest request = new PortRequest(module, round, module + "#" + round, List.of(1, 2));
            PortAllocation allocation = allocator.allocate(request, soon());
            for (int port : allocation.ports().values()) {
                doubles += holders.putIfAbsent(port, request.owner()) == null ? 0 : 1;
            }
            allocation.ports().values().forEach(port -> holders.remove(port, request.owner()));
            assertThat(giveBackUnused(allocator, allocation)).isTrue();
        }
        return doubles;
    }

    private static Optional<Integer> portOrExhausted(PortAllocator allocator, String module) {
        try {
            return Optional.of(port(allocator, module));
        } catch (PortException e) {
            assertThat(e.kind()).isEqualTo(FailureKind.EXHAUSTED);
            return Optional.empty();
        }
    }

    private static Optional<PortAllocation> allocationOrConflict(PortAllocator allocator, String owner) {
        try {
            return Optional.of(allocator.allocate(new PortRequest("module", 1, owner, List.of(8080, 8081)), soon()));
        } catch (PortException e) {
            assertThat(e.kind()).isEqualTo(FailureKind.CONFLICT);
            return Optional.empty();
        }
    }

    private static List<Integer> from9000(int count) {
        return IntStream.range(9000, 9000 + count).boxed().toList();
    }
}
