package io.a64.proxy.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.abort;

import io.a64.Deadline;
import io.a64.proxy.Route;
import io.a64.proxy.RouteException;
import io.a64.proxy.RouteMatch;
import io.a64.proxy.RouteOptions;
import io.a64.proxy.Upstream;
import io.a64.proxy.spi.RouteWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInfo;
import org.junit.platform.commons.support.AnnotationSupport;

/** What an implementation supplies, and the words in which the contract's tests are written. */
abstract class RouteWriterFixture {

    private static final int FIRST_PUBLIC = 20_000;
    private static final int LAST_PUBLIC = 32_000;
    private static final int PORTS_TRIED = 100;

    private final List<AutoCloseable> opened = new ArrayList<>();
    private final Set<Integer> given = new HashSet<>();

    /**
     * Opens a writer on the proxy of the running test: the first call of a test finds it without routes, further calls
     * make writers on the same proxy. The contract closes what it gets.
     */
    protected abstract RouteWriter open();

    /**
     * Returns a port of this machine that nothing listens on and that the proxy may open for routes of hosts, another
     * one for each call. Unless overridden it is one below those that systems give to clients, free a moment ago.
     */
    protected int publicPort() {
        for (int port :
                new SecureRandom().ints(PORTS_TRIED, FIRST_PUBLIC, LAST_PUBLIC).toArray()) {
            if (!given.contains(port) && isFree(port)) {
                given.add(port);
                return port;
            }
        }
        throw new IllegalStateException(
                "no free port among " + PORTS_TRIED + " from " + FIRST_PUBLIC + " to " + LAST_PUBLIC);
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    /** Returns what this proxy cannot do. The tests that need it are reported as not run. */
    protected Set<Capability> lacking() {
        return Set.of();
    }

    @BeforeEach
    final void reportWhatIsLacking(TestInfo test) {
        test.getTestMethod()
                .flatMap(method -> AnnotationSupport.findAnnotation(method, Needs.class))
                .ifPresent(needs -> Stream.of(needs.value())
                        .filter(lacking()::contains)
                        .forEach(missing -> abort("this proxy lacks " + missing)));
    }

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable thing : opened) {
            thing.close();
        }
    }

    final RouteWriter writer() {
        return closing(open());
    }

    final UpstreamServer upstream(String name) {
        return closing(UpstreamServer.named(name));
    }

    /** Closes something at the end of the test. */
    final <T extends AutoCloseable> T closing(T thing) {
        opened.add(thing);
        return thing;
    }

    /** Returns an address at which nothing listens. */
    static Upstream deadUpstream() {
        try (UpstreamServer gone = UpstreamServer.named("gone")) {
            return gone.address();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Route route(String module, Upstream upstream) {
        return Route.onPath(module, 1, "/" + module + "/", List.of(upstream), RouteOptions.defaults());
    }

    static Route route(String module, RouteMatch match, UpstreamServer... upstreams) {
        return route(module, match, RouteOptions.defaults(), upstreams);
    }

    static Route route(String module, RouteMatch match, RouteOptions options, UpstreamServer... upstreams) {
        return new Route(
                module,
                1,
                match,
                Stream.of(upstreams).map(UpstreamServer::address).toList(),
                options);
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
