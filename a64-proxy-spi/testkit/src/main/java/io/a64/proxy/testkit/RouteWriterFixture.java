package io.a64.proxy.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.a64.Deadline;
import io.a64.proxy.Route;
import io.a64.proxy.RouteException;
import io.a64.proxy.RouteOptions;
import io.a64.proxy.Upstream;
import io.a64.proxy.spi.RouteWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;

/** What an implementation supplies, and the words in which the contract's tests are written. */
abstract class RouteWriterFixture {

    private final List<AutoCloseable> opened = new ArrayList<>();

    /**
     * Opens a writer on the proxy of the running test: the first call of a test finds it without routes, further calls
     * make writers on the same proxy. The contract closes what it gets.
     */
    protected abstract RouteWriter open();

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable thing : opened) {
            thing.close();
        }
    }

    final RouteWriter writer() {
        RouteWriter writer = open();
        opened.add(writer);
        return writer;
    }

    final UpstreamServer upstream(String name) {
        UpstreamServer upstream = UpstreamServer.named(name);
        opened.add(upstream);
        return upstream;
    }

    /** Returns an address at which nothing listens. */
    static Upstream deadUpstream() {
        try (UpstreamServer gone = UpstreamServer.named("gone")) {
            return gone.address();
        }
    }

    static Route route(String module, Upstream upstream) {
        return Route.onPath(module, 1, "/" + module + "/", List.of(upstream), RouteOptions.defaults());
    }

    static Deadline soon() {
        return Deadline.after(Duration.ofSeconds(30));
    }

    /** Returns what the call fails with; a call that does not fail fails the test. */
    static RouteException failure(ThrowingCallable call) {
        RouteException failure = catchThrowableOfType(RouteException.class, call);
        assertThat(failure).as("what the call was to fail with").isNotNull();
        return failure;
    }

    /** Does something for each number below the count, all at once. */
    static void allAtOnce(int count, IntConsumer action) throws InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(count);
        try {
            List<Future<?>> all = new ArrayList<>();
            IntStream.range(0, count).forEach(i -> all.add(threads.submit(() -> action.accept(i))));
            for (Future<?> one : all) {
                one.get();
            }
        } catch (ExecutionException e) {
            throw new AssertionError("one of " + count + " failed", e.getCause());
        } finally {
            threads.shutdownNow();
        }
    }
}
