package io.a64.deploy.testkit;

import io.a64.container.Resources;
import io.a64.deploy.spi.ModuleRecord;
import io.a64.module.ModuleSpec;
import io.a64.module.ModuleState;
import io.a64.module.Readiness;
import io.a64.ports.PortAllocation;
import io.a64.proxy.AddressRange;
import io.a64.proxy.Balancing;
import io.a64.proxy.BasicAuth;
import io.a64.proxy.HostMatch;
import io.a64.proxy.RateLimit;
import io.a64.proxy.RouteAccess;
import io.a64.proxy.RouteOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Records for tests. */
final class ModuleRecords {
    private static final String IMAGE = "localhost:1/a64/module:1.0.0";
    private static final Instant INSTALLED = Instant.parse("2025-10-19T08:30:15.123Z");

    private ModuleRecords() {}

    /** Returns a record in which nothing is left empty and everything differs from its default. */
    static ModuleRecord full(String module, String owner) {
        ModuleSpec spec = ModuleSpec.builder(module)
                .image(IMAGE)
                .port(9090)
                .port(8080)
                .version("1.2.3-beta+build.5")
                .licenseKey("TEST-1234 with \"quotes\" and $dollar")
                .environment("EMPTY", "")
                .environment("_TEXT", "line\nbreak, $dollar, ünïcödé")
                .pathRoute("/some/where.else/")
                .routeOptions(everyOption())
                .readiness(Readiness.http("/health?full=1").within(Duration.ofNanos(1_500_000_001)))
                .resources(new Resources(256L << 20, 0.5))
                .spec();
        return new ModuleRecord(
                1,
                ModuleState.INSTALLING,
                spec,
                new PortAllocation(module, 7, owner, Map.of(9090, 9000, 8080, 19999)),
                INSTALLED,
                Optional.of(INSTALLED.plusSeconds(60)));
    }

    private static RouteOptions everyOption() {
        BasicAuth basicAuth = new BasicAuth(
                "shop.floor", Map.of("ann@example.org", "$5$salt$" + "a".repeat(43), "bob", "$6$x$" + "/".repeat(86)));
        List<AddressRange> allowed = List.of(AddressRange.parse("10.0.0.0/8"), AddressRange.parse("fd00::/8"));
        return RouteOptions.builder()
                .websocket(false)
                .rawPath(true)
                .buffering(false)
                .maxBodyBytes(1L << 40)
                .readTimeout(Duration.ofMillis(90_500))
                .balancing(Balancing.CLIENT_ADDRESS)
                .rateLimit(new RateLimit(50, 100))
                .connectionLimit(7)
                .access(new RouteAccess(Optional.of("/login/check.now"), Optional.of(basicAuth), allowed))
                .responseHeaders(Map.of("Cache-Control", "no-store, max-age=0", "X-Own-Name", "a: b=c"))
                .build();
    }

    /** Returns a record of a module that is routed by a host name. */
    static ModuleRecord hosted(String module, String owner) {
        ModuleSpec spec = ModuleSpec.builder(module)
                .image(IMAGE)
                .port(8080)
                .hostRoute(new HostMatch("shop.example-1.localhost", 14000, "/api/"))
                .spec();
        return new ModuleRecord(
                1,
                ModuleState.INSTALLING,
                spec,
                new PortAllocation(module, 1, owner, Map.of(8080, 9000)),
                INSTALLED,
                Optional.empty());
    }

    /** Returns a record in which everything that may be empty is. */
    static ModuleRecord plain(String module, String owner) {
        ModuleSpec spec = ModuleSpec.builder(module)
                .image(IMAGE)
                .port(8080)
                .withoutRoute()
                .spec();
        return new ModuleRecord(
                1,
                ModuleState.INSTALLING,
                spec,
                new PortAllocation(module, 1, owner, Map.of(8080, 9000)),
                INSTALLED,
                Optional.empty());
    }
}
