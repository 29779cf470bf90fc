package io.a64.proxy.nginx;

import static org.assertj.core.api.Assertions.assertThat;

import io.a64.proxy.AddressRange;
import io.a64.proxy.RouteAccess;
import io.a64.proxy.RouteOptions;
import io.a64.test.services.RequiresService;
import io.a64.test.services.Service;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Who may say for whom it speaks. Numbers are those of the list of traps in the research on NGINX. */
@RequiresService(Service.NGINX)
final class TrustedProxiesTest extends TrafficFixture {

    private static final String[] CLAIMS = {
        "X-Forwarded-For: 203.0.113.7",
        "X-Forwarded-Proto: https",
        "X-Forwarded-Host: shop.example",
        "X-Forwarded-Port: 443",
        "X-Forwarded-Prefix: /outer",
        "X-Real-IP: 6.6.6.6",
        "Forwarded: for=6.6.6.6"
    };

    private void trust(String range, RouteOptions options) {
        NginxTraffic traffic = new NginxTraffic(List.of(AddressRange.parse(range)), "off", 1000);
        writer(traffic).publish(route("app", options), soon());
    }

    @Test
    @DisplayName("trap 24: what a trusted proxy says is kept, and its own address appended")
    void whatATrustedProxySaysIsKept() throws Exception {
        trust("127.0.0.2/32", RouteOptions.defaults());

        getFrom("127.0.0.2", nginx.port(), "/app/", CLAIMS);

        Map<String, List<String>> headers = seen.take();
        assertThat(headers.get("X-forwarded-for")).containsExactly("203.0.113.7, 127.0.0.2");
        assertThat(headers.get("X-real-ip")).containsExactly("203.0.113.7");
        assertThat(headers.get("X-forwarded-proto")).containsExactly("https");
        assertThat(headers.get("X-forwarded-host")).containsExactly("shop.example");
        assertThat(headers.get("X-forwarded-port")).containsExactly("443");
        assertThat(headers.get("X-forwarded-prefix")).containsExactly("/outer/app");
        assertThat(headers).doesNotContainKey("Forwarded");
    }

    @Test
    @DisplayName("trap 24: what anybody else says is replaced")
    void whatAnybodyElseSaysIsReplaced() throws Exception {
        trust("127.0.0.2/32", RouteOptions.defaults());

        getFrom("127.0.0.3", nginx.port(), "/app/", CLAIMS);

        Map<String, List<String>> headers = seen.take();
        assertThat(headers.get("X-forwarded-for")).containsExactly("127.0.0.3");
        assertThat(headers.get("X-real-ip")).containsExactly("127.0.0.3");
        assertThat(headers.get("X-forwarded-proto")).containsExactly("http");
        assertThat(headers.get("X-forwarded-host")).containsExactly("t.example");
        assertThat(headers.get("X-forwarded-port")).containsExactly(Integer.toString(nginx.port()));
        assertThat(headers.get("X-forwarded-prefix")).containsExactly("/app");
    }

    @Test
    @DisplayName("trap 24: a trusted proxy that says nonsense gets the truth instead")
    void nonsenseOfATrustedProxyIsReplaced() throws Exception {
        trust("127.0.0.2/32", RouteOptions.defaults());

        getFrom(
                "127.0.0.2",
                nginx.port(),
                "/app/",
                "X-Forwarded-Proto: gopher",
                "X-Forwarded-Port: x",
                "X-Forwarded-Prefix: //evil");

        Map<String, List<String>> headers = seen.take();
        assertThat(headers.get("X-forwarded-proto")).containsExactly("http");
        assertThat(headers.get("X-forwarded-port")).containsExactly(Integer.toString(nginx.port()));
        assertThat(headers.get("X-forwarded-prefix")).containsExactly("/app");
    }

    @Test
    void listsOfAddressesAreAboutTheClientBehindATrustedProxy() throws IOException {
        RouteAccess only =
                new RouteAccess(Optional.empty(), Optional.empty(), List.of(AddressRange.parse("203.0.113.0/24")));
        trust("127.0.0.2/32", RouteOptions.builder().access(only).build());

        assertThat(getFrom("127.0.0.2", nginx.port(), "/app/", "X-Forwarded-For: 203.0.113.7"))
                .startsWith("HTTP/1.1 200");
        assertThat(getFrom("127.0.0.2", nginx.port(), "/app/", "X-Forwarded-For: 203.0.113.7, 198.51.100.1"))
                .startsWith("HTTP/1.1 403");
        assertThat(getFrom("127.0.0.3", nginx.port(), "/app/", "X-Forwarded-For: 203.0.113.7"))
                .startsWith("HTTP/1.1 403");
    }

    @Test
    void behindATrustedProxyOfThisMachineNobodyElseLearnsTheGeneration() throws IOException {
        trust("127.0.0.1/32", RouteOptions.defaults());

        assertThat(get("/__a64/generation")).startsWith("HTTP/1.1 200");
        assertThat(get("/__a64/generation", "X-Forwarded-For: 203.0.113.7")).startsWith("HTTP/1.1 404");
        assertThat(get("/__a64/generation", "X-Forwarded-For: 127.0.0.1")).startsWith("HTTP/1.1 404");
        assertThat(get("/__a64/generation", "Forwarded: for=203.0.113.7")).startsWith("HTTP/1.1 404");
    }
}
