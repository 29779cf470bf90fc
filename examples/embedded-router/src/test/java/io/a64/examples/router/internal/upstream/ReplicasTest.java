package io.a64.examples.router.internal.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.a64.proxy.Balancing;
import io.a64.proxy.Route;
import io.a64.proxy.RouteOptions;
import io.a64.proxy.Upstream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class ReplicasTest {

    private static final List<Upstream> THREE = IntStream.of(9001, 9002, 9003)
            .mapToObj(port -> new Upstream("127.0.0.1", port))
            .toList();
    private static final Route LEAST = route(Balancing.LEAST_CONNECTIONS);
    private static final Route STICKY = route(Balancing.CLIENT_ADDRESS);

    private final AtomicLong clock = new AtomicLong();
    private final Replicas replicas = new Replicas(clock::get);

    private static Route route(Balancing balancing) {
        return Route.onPath(
                "app",
                1,
                "/app/",
                THREE,
                RouteOptions.builder().balancing(balancing).build());
    }

    private static InetAddress client(int number) {
        try {
            return InetAddress.getByAddress(new byte[] {10, 1, (byte) (number >> 8), (byte) number});
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    private Upstream take(Route route, int client) {
        return replicas.take(route, client(client), Set.of()).orElseThrow();
    }

    private Upstream takeAndRelease(Route route, int client) {
        Upstream taken = take(route, client);
        replicas.release(taken);
        return taken;
    }

    @Test
    void requestsOneAfterAnotherReachAllReplicas() {
        Map<Upstream, Integer> counts = new HashMap<>();
        for (int i = 0; i < 30; i++) {
            counts.merge(takeAndRelease(LEAST, 1), 1, Integer::sum);
        }

        assertThat(counts)
                .containsOnlyKeys(THREE)
                .allSatisfy((replica, count) -> assertThat(count).isEqualTo(10));
    }

    @Test
    void aBusyReplicaIsLeftAlone() {
        Upstream busy = take(LEAST, 1);

        assertThat(IntStream.range(0, 10).mapToObj(i -> takeAndRelease(LEAST, 1)))
                .doesNotContain(busy);
        replicas.release(busy);
        assertThat(IntStream.range(0, 10).mapToObj(i -> takeAndRelease(LEAST, 1)))
                .contains(busy);
    }

    @Test
    void aReplicaThatRefusedRestsForFiveSeconds() {
        replicas.answered(THREE.get(0), false);

        assertThat(IntStream.range(0, 10).mapToObj(i -> takeAndRelease(LEAST, 1)))
                .doesNotContain(THREE.get(0));
        clock.addAndGet(Duration.ofSeconds(5).toNanos());
        assertThat(IntStream.range(0, 10).mapToObj(i -> takeAndRelease(LEAST, 1)))
                .contains(THREE.get(0));
    }

    @Test
    void aReplicaThatAcceptsAgainIsAwake() {
        replicas.answered(THREE.get(0), false);
        replicas.answered(THREE.get(0), true);

        assertThat(IntStream.range(0, 10).mapToObj(i -> takeAndRelease(LEAST, 1)))
                .contains(THREE.get(0));
    }

    @Test
    void restingReplicasAreAskedWhenNoOtherIsLeft() {
        THREE.forEach(replica -> replicas.answered(replica, false));

        assertThat(replicas.take(LEAST, client(1), Set.of())).isPresent();
        assertThat(replicas.take(LEAST, client(1), Set.copyOf(THREE.subList(0, 2))))
                .contains(THREE.get(2));
        assertThat(replicas.take(LEAST, client(1), THREE)).isEmpty();
    }

    @Test
    void requestsOfOneClientGoToTheSameReplicaAndClientsToAll() {
        Map<Upstream, Integer> counts = new HashMap<>();
        for (int client = 0; client < 300; client++) {
            Upstream replica = take(STICKY, client);
            assertThat(take(STICKY, client)).isEqualTo(replica);
            counts.merge(replica, 1, Integer::sum);
        }

        assertThat(counts)
                .containsOnlyKeys(THREE)
                .allSatisfy((replica, count) -> assertThat(count).isBetween(60, 140));
    }

    @Test
    void onlyTheClientsOfADeadReplicaMove() {
        List<Upstream> before =
                IntStream.range(0, 100).mapToObj(i -> take(STICKY, i)).toList();

        replicas.answered(THREE.get(1), false);

        for (int client = 0; client < 100; client++) {
            Upstream now = take(STICKY, client);
            if (before.get(client).equals(THREE.get(1))) {
                assertThat(now).isNotEqualTo(THREE.get(1));
            } else {
                assertThat(now).isEqualTo(before.get(client));
            }
        }
    }
}
