package io.a64.proxy.nginx;

import static org.assertj.core.api.Assertions.assertThat;

import io.a64.FailureKind;
import io.a64.proxy.HostMatch;
import io.a64.proxy.Route;
import io.a64.proxy.RouteException;
import io.a64.proxy.RouteOptions;
import io.a64.test.services.RequiresService;
import io.a64.test.services.Service;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What one bad module does to the others: nothing. Numbers are those of the traps in the research on NGINX. */
@RequiresService(Service.NGINX)
final class IsolationTest extends NginxFixture {

    private static final String CATCH_ALL = "        location / {";

    /** An operator adds a location of his own, which NGINX does not accept beside the same of a module. */
    private void operatorTakes(String name) {
        edit(text -> text.replace(CATCH_ALL, "        " + location(name) + CATCH_ALL));
    }

    private void operatorGivesBack(String name) {
        edit(text -> text.replace(location(name), ""));
    }

    private static String location(String name) {
        return "location /" + name + "/ { return 204; }\n";
    }

    private void publishTen() throws Exception {
        List<ThrowingCallable> calls = IntStream.range(0, 10)
                .<ThrowingCallable>mapToObj(i -> () -> writer.publish(route("m" + i), soon()))
                .toList();
        assertThat(allAtOnce(10, calls)).allMatch(Optional::isEmpty);
    }

    @Test
    @DisplayName(
            "trap 29: of ten changes with a bad one among them, nine are live after one reload, and one is told why")
    void aBatchWithOneBadChange() throws Exception {
        operatorTakes("m3");
        writer.publish(route("first"), soon());
        long before = writer.reloads();
        // A change that is committing makes the others wait, so that these ten share one generation.
        List<ThrowingCallable> calls = new ArrayList<>();
        calls.add(() -> writer.publish(route("first", 2), soon()));
        IntStream.range(0, 10).forEach(i -> calls.add(() -> writer.publish(route("m" + i), soon())));

        List<Optional<RouteException>> outcomes = allAtOnce(11, calls);

        assertThat(writer.reloads() - before).isLessThanOrEqualTo(2);
        RouteException refusal = outcomes.get(4).orElseThrow();
        assertThat(refusal).hasMessageContaining("duplicate location \"/m3/\"");
        assertThat(refusal.module()).isEqualTo("m3");
        assertThat(refusal.evidence())
                .anyMatch(line -> line.matches(".*\\[emerg].* duplicate location \"/m3/\" in .*"));
        assertThat(outcomes.stream().filter(Optional::isPresent)).hasSize(1);
        for (int i = 0; i < 10; i++) {
            assertThat(status("/m" + i + "/")).as("m" + i).isEqualTo(i == 3 ? 204 : 200);
        }
    }

    @Test
    @DisplayName("trap 28: a lone change that NGINX refuses costs no reload and leaves its module's former route live")
    void aLoneBadChange() throws Exception {
        writer.publish(route("shop"), soon());
        operatorTakes("store");
        Route moved = Route.onPath(
                "shop", 2, "/store/", route("shop").upstreams(), route("shop").options());

        RouteException refusal = failure(() -> writer.publish(moved, soon()));

        assertThat(refusal).hasMessageContaining("duplicate location \"/store/\"");
        assertThat(writer.reloads()).isEqualTo(1);
        assertThat(writer.routes(soon())).containsExactly(route("shop"));
        writer.prove(route("shop"), soon());
        assertThat(configuration().resolve("a64/gen-2")).doesNotExist();
    }

    @Test
    @DisplayName(
            "trap 28: a route that NGINX refuses after the fact is withheld and named; nine others and changes live")
    void anOperatorBreaksOneOfTen() throws Exception {
        publishTen();
        operatorTakes("m3");

        writer.publish(route("new"), soon());

        assertThat(status("/new/")).isEqualTo(200);
        for (int i = 0; i < 10; i++) {
            assertThat(status("/m" + i + "/")).as("m" + i).isEqualTo(i == 3 ? 204 : 200);
        }
        assertThat(writer.routes(soon())).hasSize(11).contains(route("m3"));
        RouteException withheld = failure(() -> writer.prove(route("m3"), soon()));
        assertThat(withheld.kind()).isEqualTo(FailureKind.UNAVAILABLE);
        assertThat(withheld).hasMessageContainingAll("m3", "withheld", "duplicate location \"/m3/\"");
        assertThat(withheld.evidence()).anyMatch(line -> line.contains("nginx.conf"));
    }

    @Test
    @DisplayName("trap 28: a withheld route is seen as such by a writer that is opened later, and comes back by itself")
    void backAsSoonAsItIsAccepted() throws Exception {
        publishTen();
        operatorTakes("m3");
        writer.publish(route("new"), soon());
        NginxRouteWriter later = NginxRouteWriter.using(nginx.settings());
        assertThat(failure(() -> later.prove(route("m3"), soon()))).hasMessageContaining("withheld");
        operatorGivesBack("m3");

        later.publish(route("newer"), soon());

        later.prove(route("m3"), soon());
        assertThat(status("/m3/")).isEqualTo(200);
    }

    @Test
    @DisplayName("trap 28: of two withheld routes the one comes back that NGINX accepts")
    void oneOfTwoComesBack() throws Exception {
        publishTen();
        operatorTakes("m3");
        operatorTakes("m7");
        writer.publish(route("new"), soon());
        operatorGivesBack("m3");

        writer.publish(route("newer"), soon());

        assertThat(status("/m3/")).isEqualTo(200);
        assertThat(status("/m7/")).isEqualTo(204);
        assertThat(failure(() -> writer.prove(route("m7"), soon()))).hasMessageContaining("withheld");
    }

    @Test
    @DisplayName(
            "trap 28: publishing a withheld route again fails with the reason while NGINX refuses it, then brings it back")
    void publishingAWithheldRouteAgain() throws Exception {
        writer.publish(route("m3"), soon());
        writer.publish(route("other"), soon());
        operatorTakes("m3");
        writer.publish(route("new"), soon());
        long reloads = writer.reloads();

        assertThat(failure(() -> writer.publish(route("m3"), soon()))).hasMessageContaining("duplicate location");
        assertThat(writer.reloads()).isEqualTo(reloads);
        operatorGivesBack("m3");
        writer.publish(route("m3"), soon());

        assertThat(status("/m3/")).isEqualTo(200);
    }

    @Test
    @DisplayName("trap 28: a withheld route can be removed")
    void removingAWithheldRoute() throws Exception {
        writer.publish(route("m3"), soon());
        operatorTakes("m3");
        writer.publish(route("new"), soon());

        assertThat(writer.remove("m3", soon())).isTrue();

        assertThat(writer.routes(soon())).containsExactly(route("new"));
    }

    @Test
    @DisplayName("trap 28: what the operator himself has broken is nobody's module's fault and changes nothing")
    void theOperatorsOwnPartIsBroken() throws Exception {
        publishTen();
        long reloads = writer.reloads();
        edit(text -> text.replace("server_name _;", "server_name _; nonsense on;"));

        RouteException refusal = failure(() -> writer.publish(route("new"), soon()));

        assertThat(refusal.kind()).isEqualTo(FailureKind.UNAVAILABLE);
        assertThat(refusal).hasMessageContaining("unknown directive \"nonsense\"");
        assertThat(writer.reloads()).isEqualTo(reloads);
        assertThat(writer.routes(soon())).hasSize(10);
        assertThat(status("/m3/")).isEqualTo(200);
        edit(text -> text.replace("nonsense on;", ""));
        writer.publish(route("new"), soon());
        writer.prove(route("m3"), soon());
    }

    @Test
    @DisplayName("trap 30: a public port that another program holds fails its own route at once; the others are live")
    void aPublicPortThatSomebodyElseHolds() throws Exception {
        writer.publish(route("first"), soon());
        Route onPort;
        try (ServerSocket foreign = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = foreign.getLocalPort();
            Route wanted = new Route(
                    "host",
                    1,
                    new HostMatch("shop.localhost", port, "/"),
                    route("host").upstreams(),
                    RouteOptions.defaults());

            List<Optional<RouteException>> outcomes = allAtOnce(
                    3,
                    List.of(
                            () -> writer.publish(route("second"), soon()),
                            () -> writer.publish(wanted, soon()),
                            () -> writer.publish(route("third"), soon())));

            RouteException refusal = outcomes.get(1).orElseThrow();
            assertThat(refusal.kind()).isEqualTo(FailureKind.CONFLICT);
            assertThat(refusal).hasMessageContaining("port " + port + " of 127.0.0.1");
            assertThat(outcomes.get(0)).isEmpty();
            assertThat(outcomes.get(2)).isEmpty();
            assertThat(status("/second/")).isEqualTo(200);
            assertThat(status("/third/")).isEqualTo(200);
            onPort = wanted;
        }
        writer.publish(onPort, soon());
        writer.prove(onPort, soon());
    }
}
