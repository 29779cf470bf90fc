package io.a64.proxy.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.a64.proxy.AddressRange;
import io.a64.proxy.HostMatch;
import io.a64.proxy.PathMatch;
import io.a64.proxy.RouteAccess;
import io.a64.proxy.RouteOptions;
import io.a64.proxy.spi.RouteWriter;
import io.a64.proxy.testkit.RawHttp.Answer;
import io.a64.proxy.testkit.UpstreamServer.Seen;
import java.net.URI;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;

/** The words of those parts of {@link RoutedTrafficContract} that ask through HTTP. */
abstract class RoutedFixture extends RouteWriterContract {

    /** What a client says of itself in the name of a proxy. */
    static final String[] FORGED = {
        "X-Forwarded-For: 6.6.6.6",
        "X-Forwarded-Proto: gopher",
        "X-Forwarded-Host: evil",
        "X-Forwarded-Port: 666",
        "X-Forwarded-Prefix: /evil",
        "X-Real-IP: 6.6.6.6",
        "Forwarded: for=6.6.6.6",
        "Proxy: http://evil"
    };

    RouteWriter writer;
    UpstreamServer app;

    @BeforeEach
    void prepareAnApplication() {
        writer = writer();
        app = upstream("app");
    }

    /** Returns options of a route that only these addresses may use. */
    static RouteOptions allowing(String... ranges) {
        return guarded(new RouteAccess(
                Optional.empty(),
                Optional.empty(),
                Stream.of(ranges).map(AddressRange::parse).toList()));
    }

    static RouteOptions guarded(RouteAccess access) {
        return RouteOptions.builder().access(access).build();
    }

    final URI base() {
        return writer.baseUri();
    }

    final void publishApp() {
        publishApp(RouteOptions.defaults());
    }

    final void publishApp(RouteOptions options) {
        writer.publish(route("app", new PathMatch("/app/"), options, app), soon());
    }

    final Answer get(String target, String... headers) {
        return RawHttp.get(base(), target, headers);
    }

    /** Returns the match of all requests for a host on a public port that no other route has. */
    final HostMatch host(String name) {
        return HostMatch.of(name, publicPort());
    }

    /** Returns where the public port of a match is reached from this machine. */
    final URI at(HostMatch match) {
        return URI.create("http://" + base().getHost() + ":" + match.port());
    }

    /** Asks for a path of a host. */
    final Answer ask(HostMatch match, String target, String... headers) {
        return askAs(match.host(), match, target, headers);
    }

    /** Asks a public port for a path of a host that need not be there. */
    final Answer askAs(String host, HostMatch match, String target, String... headers) {
        String[] all = new String[headers.length + 1];
        all[0] = hostHeader(host, match);
        System.arraycopy(headers, 0, all, 1, headers.length);
        return RawHttp.get(at(match), target, all);
    }

    static String hostHeader(String host, HostMatch match) {
        return "Host: " + host + ":" + match.port();
    }

    /** Checks that a module learns of its client from the proxy alone. */
    static void assertForwarded(Seen seen, String host, int port) {
        assertThat(seen.header("x-forwarded-for")).containsExactly("127.0.0.1");
        assertThat(seen.header("x-real-ip")).containsExactly("127.0.0.1");
        assertThat(seen.header("x-forwarded-proto")).containsExactly("http");
        assertThat(seen.header("x-forwarded-host")).containsExactly(host);
        assertThat(seen.header("x-forwarded-port")).containsExactly(Integer.toString(port));
        assertThat(seen.header("forwarded")).isEmpty();
        assertThat(seen.header("proxy")).isEmpty();
    }

    /** Checks an answer for the headers that stand on every answer, whoever gave it. */
    static void assertSecured(Answer answer, int status) {
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.header("x-content-type-options")).containsExactly("nosniff");
        assertThat(answer.header("x-frame-options")).containsExactly("SAMEORIGIN");
    }
}
