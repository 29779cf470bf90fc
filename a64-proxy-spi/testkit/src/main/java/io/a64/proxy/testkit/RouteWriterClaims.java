package io.a64.proxy.testkit;

import static io.a64.proxy.testkit.Capability.AUTH_REQUEST;
import static io.a64.proxy.testkit.Capability.HOST_ROUTES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.a64.FailureKind;
import io.a64.proxy.HostMatch;
import io.a64.proxy.PathMatch;
import io.a64.proxy.Route;
import io.a64.proxy.RouteAccess;
import io.a64.proxy.RouteException;
import io.a64.proxy.RouteOptions;
import io.a64.proxy.spi.RouteWriter;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The part of {@link RouteWriterContract} about what modules hold beside each other: paths, hosts, permissions. */
abstract class RouteWriterClaims extends RouteWriterFixture {

    static RouteOptions authorizedAt(String path) {
        return RouteOptions.builder()
                .access(new RouteAccess(Optional.of(path), Optional.empty(), List.of()))
                .build();
    }

    @Test
    void aPathThatAnotherModuleHoldsIsRefusedNamingTheHolder() {
        RouteWriter writer = writer();
        Route held = route("shop", upstream("shop").address());
        writer.publish(held, soon());
        Route wanted = route("thief", held.match(), upstream("thief"));

        RouteException refusal = failure(() -> writer.publish(wanted, soon()));

        assertThat(refusal.kind()).isEqualTo(FailureKind.CONFLICT);
        assertThat(refusal).hasMessageContainingAll("shop", held.match().path());
        assertThat(writer.routes(soon())).containsExactly(held);
    }

    @Test
    void aPathThatIsTheHealthOfAnotherModuleIsRefused() {
        RouteWriter writer = writer();
        Route held = route("shop", upstream("shop").address());
        writer.publish(held, soon());
        Route wanted = route("thief", new PathMatch("/shop/health/"), upstream("thief"));

        RouteException refusal = failure(() -> writer.publish(wanted, soon()));

        assertThat(refusal.kind()).isEqualTo(FailureKind.CONFLICT);
        assertThat(writer.routes(soon())).containsExactly(held);
    }

    @Test
    @Needs(HOST_ROUTES)
    void aRouteOfAHostIsListedWithAllItsParts() {
        RouteWriter writer = writer();
        HostMatch match = new HostMatch("shop.localhost", publicPort(), "/api/");
        Route route = new Route(
                "back",
                2,
                match,
                List.of(upstream("one").address(), upstream("two").address()),
                RouteOptions.builder().websocket(false).maxBodyBytes(4096).build());

        writer.publish(route, soon());

        assertThat(writer.routes(soon())).containsExactly(route);
        assertThat(writer().routes(soon())).as("to a writer opened later").containsExactly(route);
        assertThat(writer.uri(match)).hasToString("http://shop.localhost:" + match.port() + "/api/");
    }

    @Test
    @Needs(HOST_ROUTES)
    void aHostThatAnotherModuleHoldsIsRefusedNamingTheHolder() {
        RouteWriter writer = writer();
        Route held = route("shop", HostMatch.of("shop.localhost", publicPort()), upstream("shop"));
        writer.publish(held, soon());
        Route wanted = route("thief", held.match(), upstream("thief"));

        RouteException refusal = failure(() -> writer.publish(wanted, soon()));

        assertThat(refusal.kind()).isEqualTo(FailureKind.CONFLICT);
        assertThat(refusal).hasMessageContainingAll("module shop", held.match().text());
        assertThat(writer.routes(soon())).containsExactly(held);
    }

    @Test
    @Needs(HOST_ROUTES)
    void aHostIsSharedUnderOtherPrefixesAndOnOtherPorts() {
        RouteWriter writer = writer();
        int port = publicPort();
        Route back = route("back", new HostMatch("shop.localhost", port, "/api/"), upstream("back"));
        Route front = route("front", HostMatch.of("shop.localhost", port), upstream("front"));
        Route other = route("other", HostMatch.of("other.localhost", port), upstream("other"));
        Route twin = route("twin", HostMatch.of("shop.localhost", publicPort()), upstream("twin"));

        List.of(twin, other, front, back).forEach(route -> writer.publish(route, soon()));

        assertThat(writer.routes(soon())).containsExactly(back, front, other, twin);
    }

    @Test
    @Needs(HOST_ROUTES)
    void aModuleOfAPathAndOneOfAHostStandSideBySide() {
        RouteWriter writer = writer();
        Route path = route("path", new PathMatch("/shop/"), upstream("path"));
        Route host = route("host", new HostMatch("shop.localhost", publicPort(), "/shop/"), upstream("host"));
        writer.publish(path, soon());
        writer.publish(host, soon());
        assertThat(writer.routes(soon())).containsExactly(host, path);

        assertThat(writer.remove("path", soon())).isTrue();

        assertThat(writer.routes(soon())).containsExactly(host);
    }

    @Test
    @Needs(HOST_ROUTES)
    void aRemovedHostIsFree() {
        RouteWriter writer = writer();
        HostMatch match = HostMatch.of("shop.localhost", publicPort());
        writer.publish(route("shop", match, upstream("shop")), soon());

        assertThat(writer.remove("shop", soon())).isTrue();

        Route heir = route("heir", match, upstream("heir"));
        assertThatCode(() -> writer.publish(heir, soon())).doesNotThrowAnyException();
        assertThat(writer.routes(soon())).containsExactly(heir);
    }

    @ParameterizedTest
    @Needs(AUTH_REQUEST)
    @ValueSource(strings = {"/nobody/check", "/shop/check", "/login"})
    void aPathThatNoOtherModuleServesIsNotAskedForAuthorization(String authRequest) {
        RouteWriter writer = writer();
        Route login = route("login", upstream("login").address());
        writer.publish(login, soon());
        Route wanted = route("shop", new PathMatch("/shop/"), authorizedAt(authRequest), upstream("shop"));

        RouteException refusal = failure(() -> writer.publish(wanted, soon()));

        assertThat(refusal.kind()).isEqualTo(FailureKind.CONFLICT);
        assertThat(refusal).hasMessageContaining(authRequest);
        assertThat(writer.routes(soon())).containsExactly(login);
    }

    @Test
    @Needs(AUTH_REQUEST)
    void aModuleThatIsAskedForAuthorizationMayStillBeRemoved() {
        RouteWriter writer = writer();
        writer.publish(route("login", upstream("login").address()), soon());
        Route shop = route("shop", new PathMatch("/shop/"), authorizedAt("/login/check"), upstream("shop"));
        writer.publish(shop, soon());

        assertThat(writer.remove("login", soon())).isTrue();

        assertThat(writer.routes(soon())).containsExactly(shop);
    }
}
