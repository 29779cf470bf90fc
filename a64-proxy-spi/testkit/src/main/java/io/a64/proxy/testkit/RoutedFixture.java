package io.a64.proxy.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.a64.proxy.AddressRange;
import io.a64.proxy.HostMatch;
import io.a64.proxy.PathMatch;
import io.a64.proxy.RouteAccess;
import io.a64.proxy.RouteOptions;
import io.a64.proxy.spi.RouteWriter;
import io.a64.proxy.testkit.RawHttp.Answer;
import java.net.URI;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;

/** The words of those parts of {@link RoutedTrafficContract} that ask through HTTP. */
abstract class RoutedFixture extends RouteWriterContract {

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

    /** Checks an answer for the headers that stand on every answer, whoever gave it. */
    static void assertSecured(Answer answer, int status) {
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.header("x-content-type-options")).containsExactly("nosniff");
        assertThat(answer.header("x-frame-options")).containsExactly("SAMEORIGIN");
    }
}
