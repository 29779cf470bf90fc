package io.a64.container.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.a64.Deadline;
import io.a64.container.ContainerException;
import io.a64.container.ContainerSpec;
import io.a64.container.ContainerStatus;
import io.a64.container.ModuleContainer;
import io.a64.container.Resources;
import io.a64.container.spi.ContainerRuntime;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What the tests of the {@link ContainerRuntimeContract} stand on: a runtime, modules of the test's own, cleaning up. */
abstract class RuntimeBench implements RuntimeFixture {

    static final Duration GRACE = Duration.ofSeconds(2);
    static final int TAIL = 50;

    private static final int INTERNAL_PORT = 8099;
    private static final Duration POLL = Duration.ofMillis(20);
    private static final Duration LIMIT = Duration.ofSeconds(30);

    final String module = "kit-" + UUID.randomUUID().toString().substring(0, 8);
    final String owner = "owner-" + UUID.randomUUID();
    ContainerRuntime runtime;
    FreePorts ports;
    ModuleClient client;

    /** Returns how long to wait for what has to happen; to be shortened by tests of this contract itself. */
    protected Duration patience() {
        return LIMIT;
    }

    @BeforeEach
    final void open() throws IOException {
        runtime = createRuntime();
        ports = new FreePorts(InetAddress.getByName(runtime.publishAddress()));
        client = new ModuleClient(runtime.publishAddress());
    }

    @AfterEach
    final void removeWhatIsLeft() {
        boolean interrupted = Thread.interrupted();
        try (ContainerRuntime used = runtime) {
            for (ModuleContainer left : used.list(deadline())) {
                if (left.module().startsWith(module)) {
                    used.remove(left.id(), Duration.ZERO, deadline());
                }
            }
        }
        assertThat(interrupted).as("no test leaves an interrupt behind").isFalse();
    }

    static void endsQuietlyOrTyped(Runnable call) {
        try {
            call.run();
        } catch (ContainerException e) {
            assertThat(e).hasMessageNotContaining("null");
        }
    }

    static <T> List<T> atOnce(int threads, Callable<T> task) throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            List<Callable<T>> tasks = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                tasks.add(task);
            }
            List<T> results = new ArrayList<>();
            for (Future<T> result : executor.invokeAll(tasks)) {
                results.add(result.get());
            }
            return results;
        } finally {
            executor.shutdownNow();
        }
    }

    ContainerSpec spec() {
        return spec(module, 1, owner, servingImage(), Map.of());
    }

    ContainerSpec spec(String name, int generation, String byOwner, String image, Map<String, String> environment) {
        return new ContainerSpec(
                name,
                generation,
                byOwner,
                image,
                new TreeMap<>(Map.of(INTERNAL_PORT, ports.next())),
                environment,
                Resources.unlimited(),
                Optional.empty());
    }

    final ConditionFactory eventually() {
        return await().atMost(patience()).pollDelay(Duration.ZERO).pollInterval(POLL);
    }

    final void awaitServing(ContainerSpec spec) {
        eventually()
                .untilAsserted(() -> assertThat(client.get(port(spec), "/health"))
                        .as("answer of GET /health on port %d", port(spec))
                        .isNotEmpty());
    }

    static int port(ContainerSpec spec) {
        return spec.ports().values().iterator().next();
    }

    List<ModuleContainer> mine() {
        return runtime.list(deadline()).stream()
                .filter(container -> container.module().startsWith(module))
                .toList();
    }

    ContainerStatus status(String id) {
        return runtime.status(id, deadline());
    }

    static ContainerException refusal(ThrowingCallable call) {
        Throwable thrown = catchThrowable(call);
        assertThat(thrown).isInstanceOf(ContainerException.class);
        return (ContainerException) thrown;
    }

    static OptionalInt noCode() {
        return OptionalInt.empty();
    }

    static String unknownId() {
        return "unknown-" + UUID.randomUUID();
    }

    static Deadline deadline() {
        return Deadline.after(LIMIT);
    }
}
