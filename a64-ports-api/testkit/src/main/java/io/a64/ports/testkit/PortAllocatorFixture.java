package io.a64.ports.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.a64.Deadline;
import io.a64.FailureKind;
import io.a64.InvalidInputException;
import io.a64.ports.AllocatedPort;
import io.a64.ports.PortAllocation;
import io.a64.ports.PortException;
import io.a64.ports.PortRequest;
import io.a64.ports.PortSource;
import io.a64.ports.PortUse;
import io.a64.ports.spi.PortAllocator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;

/** What an implementation supplies, and the words in which the contract's tests are written. */
abstract class PortAllocatorFixture {
    private final List<PortAllocator> opened = new ArrayList<>();

    /**
     * Makes an allocator on the registry of the running test: the first call of a test finds it empty, further calls
     * make allocators that share it. The contract closes what it gets.
     */
    protected abstract PortAllocator open(PortAllocatorSetup setup);

    /** Lets this much time pass for the registry: move its clock, or date back what it stores. Must not sleep. */
    protected abstract void passTime(Duration time);

    /** Makes an allocator whose registry cannot be reached; empty where that cannot happen. */
    protected Optional<PortAllocator> openUnreachable() {
        return Optional.empty();
    }

    /**
     * Returns whether a quarantine is more than a cooldown, as it should be. An allocator that does not override {@link
     * PortAllocator#quarantine} says no here.
     */
    protected boolean hasQuarantine() {
        return true;
    }

    @AfterEach
    void closeAllocators() {
        opened.forEach(PortAllocator::close);
    }

    final PortAllocator allocator(PortAllocatorSetup setup) {
        PortAllocator allocator = open(setup);
        opened.add(allocator);
        return allocator;
    }

    final PortAllocator allocatorOf(int ports) {
        return allocator(PortAllocatorSetup.ofPorts(ports));
    }

    static Deadline soon() {
        return Deadline.after(Duration.ofSeconds(60));
    }

    /** Returns the request of a deployment of its own for one port. */
    static PortRequest request(String module) {
        return request(module, 8080);
    }

    static PortRequest request(String module, Integer... internalPorts) {
        return new PortRequest(module, 1, "owner-of-" + module, List.of(internalPorts));
    }

    static PortAllocation allocate(PortAllocator allocator, String module) {
        return allocator.allocate(request(module), soon());
    }

    /** Allocates one port and returns it. */
    static int port(PortAllocator allocator, String module) {
        return firstPort(allocate(allocator, module));
    }

    /** Returns the external port of the lowest internal port. */
    static int firstPort(PortAllocation allocation) {
        return allocation.ports().values().iterator().next();
    }

    static PortAllocation bound(PortAllocator allocator, String module) {
        PortAllocation allocation = allocate(allocator, module);
        assertThat(allocator.confirm(allocation, soon()))
                .as("confirmation of a fresh reservation")
                .isTrue();
        return allocation;
    }

    static boolean release(PortAllocator allocator, PortAllocation allocation) {
        return allocator.release(allocation, PortUse.WAS_BOUND, soon());
    }

    static boolean giveBackUnused(PortAllocator allocator, PortAllocation allocation) {
        return allocator.release(allocation, PortUse.NEVER_BOUND, soon());
    }

    static PortAllocation ownedBy(String owner, PortAllocation allocation) {
        return new PortAllocation(allocation.module(), allocation.generation(), owner, allocation.ports());
    }

    static PortAllocation ofGeneration(int generation, PortAllocation allocation) {
        return new PortAllocation(allocation.module(), generation, allocation.owner(), allocation.ports());
    }

    /** Returns the request of a deployment of its own for one port from a certain source. */
    static PortRequest request(String module, PortSource source) {
        return new PortRequest(module, 1, "owner-of-" + module, List.of(8080), source);
    }

    /** Allocates one port from a certain source and returns it. */
    static int port(PortAllocator allocator, String module, PortSource source) {
        return firstPort(allocator.allocate(request(module, source), soon()));
    }

    static boolean quarantine(PortAllocator allocator, PortAllocation allocation, Integer... ports) {
        Map<Integer, String> evidence =
                Stream.of(ports).collect(Collectors.toMap(port -> port, port -> "a listener on " + port));
        return allocator.quarantine(allocation, evidence, soon());
    }

    static List<Integer> allocatedPorts(PortAllocator allocator) {
        return allocator.statistics(soon()).allocations().stream()
                .map(AllocatedPort::port)
                .toList();
    }

    static void assertExhausted(PortAllocator allocator, String module) {
        assertThat(failure(() -> allocate(allocator, module)).kind()).isEqualTo(FailureKind.EXHAUSTED);
    }

    /** Asserts that the source is none that the allocator hands out from, and that nothing came of asking. */
    static void assertInvalid(PortAllocator allocator, PortSource source) {
        assertThatThrownBy(() -> allocator.allocate(request("invalid", source), soon()))
                .isInstanceOf(InvalidInputException.class);
        assertThat(allocatedPorts(allocator)).isEmpty();
    }

    static PortException failure(ThrowingCallable call) {
        PortException failure = catchThrowableOfType(PortException.class, call);
        assertThat(failure).as("a PortException").isNotNull();
        return failure;
    }
}
