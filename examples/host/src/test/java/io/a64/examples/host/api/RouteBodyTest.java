package io.a64.examples.host.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.a64.examples.host.HostClient.Answer;
import io.a64.module.RouteSpec;
import io.a64.proxy.AddressRange;
import io.a64.proxy.Balancing;
import io.a64.proxy.HostMatch;
import io.a64.proxy.PathMatch;
import io.a64.proxy.RateLimit;
import io.a64.proxy.RouteMatch;
import io.a64.proxy.RouteOptions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client may say about a route, and what comes of it. */
class RouteBodyTest extends ApiFixture {

    private static final String HASH = "$5$salt$" + "a".repeat(43);

    private static String route(String members) {
        return with("\"route\":{" + members + "}");
    }

    private RouteSpec accepted(String members) {
        Answer answer = client.install(route(members));
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(201);
        return Objects.requireNonNull(deployer.specs.get("app")).route().orElseThrow();
    }

    private RouteMatch match(String members) {
        return accepted(members).match();
    }

    @Test
    void everyOptionReachesTheLibrary() {
        RouteOptions options = accepted("""
                        "type":"path","readiness":{"path":"/health","timeout_seconds":7},"websocket":false,
                        "rate_limit":{"requests_per_second":50,"burst":100},"auth_request":"/login/check",
                        "max_body":"20m","read_timeout_seconds":90,"raw_path":true,"buffering":false,
                        "balancing":"client_address","connection_limit":5,
                        "basic_auth":{"realm":"shop","users":{"ann":"%s"}},
                        "allow":["10.0.0.0/8","192.168.0.7"],
                        "response_headers":{"Cache-Control":"no-store"}""".formatted(HASH)).options();

        assertThat(options.websocket()).isFalse();
        assertThat(options.rateLimit()).contains(new RateLimit(50, 100));
        assertThat(options.access().authRequest()).contains("/login/check");
        assertThat(options.maxBodyBytes()).isEqualTo(20L << 20);
        assertThat(options.readTimeout()).isEqualTo(Duration.ofSeconds(90));
        assertThat(options.rawPath()).isTrue();
        assertThat(options.buffering()).isFalse();
        assertThat(options.balancing()).isEqualTo(Balancing.CLIENT_ADDRESS);
        assertThat(options.connectionLimit()).hasValue(5);
        assertThat(options.access().basicAuth().orElseThrow().realm()).isEqualTo("shop");
        assertThat(options.access().basicAuth().orElseThrow().users()).containsExactly(Map.entry("ann", HASH));
        assertThat(options.access().allowedAddresses())
                .isEqualTo(List.of(AddressRange.parse("10.0.0.0/8"), AddressRange.parse("192.168.0.7/32")));
        assertThat(options.responseHeaders()).containsExactly(Map.entry("Cache-Control", "no-store"));
    }

    @Test
    void whatIsNotGivenHasItsDefault() {
        RouteSpec route = accepted("\"type\":null,\"rate_limit\":null,\"allow\":null");

        assertThat(route.match()).isEqualTo(new PathMatch("/app/"));
        assertThat(route.options()).isEqualTo(RouteOptions.defaults());
    }

    @Test
    void aLimitWithoutBurstHasNone() {
        assertThat(accepted("\"rate_limit\":{\"requests_per_second\":1}")
                        .options()
                        .rateLimit())
                .contains(new RateLimit(1, 0));
    }

    @Test
    void aPathMayBeChosen() {
        assertThat(match("\"path\":\"/tools/shop/\"")).isEqualTo(new PathMatch("/tools/shop/"));
    }

    @Test
    void aHostTakesThePlaceOfAPath() {
        assertThat(match("\"type\":\"host\",\"host\":\"shop.localhost\",\"port\":14000"))
                .isEqualTo(new HostMatch("shop.localhost", 14000, "/"));
    }

    @Test
    void aHostMayBeSharedByPrefixes() {
        assertThat(match("\"type\":\"host\",\"host\":\"shop.localhost\",\"port\":14000,\"path\":\"/api/\""))
                .isEqualTo(new HostMatch("shop.localhost", 14000, "/api/"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"websocket\":\"true\"|route.websocket must be true or false",
                "\"websocket\":1|route.websocket must be true or false",
                "\"raw_path\":\"yes\"|route.raw_path must be true or false",
                "\"buffering\":0|route.buffering must be true or false",
                "\"max_body\":10|route.max_body must be a string",
                "\"read_timeout_seconds\":\"60\"|route.read_timeout_seconds must be a whole number",
                "\"read_timeout_seconds\":1.5|route.read_timeout_seconds must be a whole number",
                "\"readiness\":\"/health\"|route.readiness must be an object",
                "\"rate_limit\":50|route.rate_limit must be an object",
                "\"rate_limit\":{\"requests_per_second\":0.5}"
                        + "|route.rate_limit.requests_per_second must be a whole number",
                "\"rate_limit\":{\"requests_per_second\":50.0}"
                        + "|route.rate_limit.requests_per_second must be a whole number",
                "\"rate_limit\":{\"requests_per_second\":\"50\"}"
                        + "|route.rate_limit.requests_per_second must be a whole number",
                "\"rate_limit\":{\"requests_per_second\":99999999999}|route.rate_limit.requests_per_second",
                "\"rate_limit\":{\"requests_per_second\":50,\"burst\":1.5}|route.rate_limit.burst must be a whole number",
                "\"auth_request\":true|route.auth_request must be a string",
                "\"connection_limit\":\"5\"|route.connection_limit must be a whole number",
                "\"basic_auth\":\"me\"|route.basic_auth must be an object",
                "\"basic_auth\":{\"realm\":\"x\",\"users\":[]}|route.basic_auth.users must be an object",
                "\"allow\":\"10.0.0.0/8\"|route.allow must be an array",
                "\"response_headers\":[]|route.response_headers must be an object",
                "\"port\":\"14000\"|route.port must be a whole number",
                "\"host\":1|route.host must be a string"
            })
    void aWrongTypeIsRefusedByName(String member, String named) {
        installRefused(route(member), named);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"type\":\"tcp\"|route.type must be \"path\" or \"host\"",
                "\"path\":\"shop\"|route.path must match",
                "\"path\":\"/shop\"|route.path must match",
                "\"path\":\"/health/\"|route.path",
                "\"path\":\"/../\"|route.path",
                "\"host\":\"shop.localhost\"|route.host must not be given without",
                "\"type\":\"path\",\"port\":80|route.port must not be given without",
                "\"type\":\"host\",\"port\":14000|route.host must be given",
                "\"type\":\"host\",\"host\":\"shop.localhost\"|route.port must be given",
                "\"type\":\"host\",\"host\":\"Shop.localhost\",\"port\":14000|route.host must be a name",
                "\"type\":\"host\",\"host\":\"127.0.0.1\",\"port\":14000|route.host must be a name",
                "\"type\":\"host\",\"host\":\"a;b\",\"port\":14000|route.host must be a name",
                "\"type\":\"host\",\"host\":\"shop.localhost\",\"port\":0|route.port must lie between",
                "\"type\":\"host\",\"host\":\"shop.localhost\",\"port\":65536|route.port must lie between",
                "\"type\":\"host\",\"host\":\"shop.localhost\",\"port\":80,\"path\":\"/api\"|route.path must match",
                "\"max_body\":\"much\"|route.max_body must be a size",
                "\"max_body\":\"0\"|route.max_body must be at least 1 byte",
                "\"max_body\":\"999999999999999999g\"|route.max_body",
                "\"read_timeout_seconds\":0|route.read_timeout_seconds must lie between",
                "\"read_timeout_seconds\":86401|route.read_timeout_seconds must lie between",
                "\"read_timeout_seconds\":9223372036854775807|route.read_timeout_seconds must lie between",
                "\"readiness\":{\"path\":\"health\"}|route.readiness.path",
                "\"readiness\":{\"timeout_seconds\":0}|route.readiness.timeout_seconds",
                "\"readiness\":{\"timeout_seconds\":3601}|route.readiness.timeout_seconds",
                "\"rate_limit\":{}|route.rate_limit.requests_per_second must be given",
                "\"rate_limit\":{\"burst\":5}|route.rate_limit.requests_per_second must be given",
                "\"rate_limit\":{\"requests_per_second\":0}|route.rate_limit.requests_per_second must lie between",
                "\"rate_limit\":{\"requests_per_second\":1,\"burst\":-1}|route.rate_limit.burst must lie between",
                "\"connection_limit\":0|route.connection_limit must lie between",
                "\"auth_request\":\"login/check\"|route.auth_request must match",
                "\"auth_request\":\"\"|route.auth_request must match",
                "\"auth_request\":\"http://login/\"|route.auth_request must match",
                "\"auth_request\":\"/login?x=1\"|route.auth_request must match",
                "\"auth_request\":\"/health\"|route.auth_request",
                "\"balancing\":\"random\"|route.balancing must be \"least_connections\" or \"client_address\"",
                "\"basic_auth\":{\"users\":{\"ann\":\"x\"}}|route.basic_auth.realm must be given",
                "\"basic_auth\":{\"realm\":\"shop\"}|route.basic_auth.users must be given",
                "\"basic_auth\":{\"realm\":\"shop\",\"users\":{}}|route.basic_auth.users must name",
                "\"basic_auth\":{\"realm\":\"shop\",\"users\":{\"ann\":null}}|route.basic_auth.users.ann must be given",
                "\"basic_auth\":{\"realm\":\"a b\",\"users\":{\"ann\":\"x\"}}|route.basic_auth.realm must match",
                "\"basic_auth\":{\"realm\":\"shop\",\"users\":{\"a:b\":\"x\"}}|route.basic_auth.users",
                "\"allow\":[]|route.allow must hold at least one range",
                "\"allow\":[null]|route.allow must be given",
                "\"allow\":[\"10.0.0.1/8\"]|route.allow must hold addresses",
                "\"allow\":[\"everybody\"]|route.allow must hold addresses",
                "\"allow\":[\"10.0.0.0/33\"]|route.allow must hold addresses",
                "\"response_headers\":{\"Set-Cookie\":\"a=b\"}|route.response_headers must name headers",
                "\"response_headers\":{\"X-Frame-Options\":\"DENY\"}|route.response_headers must name headers",
                "\"response_headers\":{\"X-Own\":null}|route.response_headers.X-Own must be given",
                "\"response_headers\":{\"X-Own\":\"a\\nb\"}|route.response_headers.X-Own must be",
                "\"response_headers\":{\"X-Own\":\"a$b\"}|route.response_headers.X-Own must be",
                "\"response_headers\":{\"X-Own\":\"a\",\"x-own\":\"b\"}|route.response_headers must name at most"
            })
    void aBadValueIsRefusedByNameAndRule(String member, String named) {
        installRefused(route(member), named);
    }

    @ParameterizedTest
    @ValueSource(strings = {"secret", "$1$salt$aaaaaaaaaaaaaaaaaaaaaa", "$5$salt$short"})
    void aPasswordIsNeitherTakenNorRepeated(String password) {
        String body = route("\"basic_auth\":{\"realm\":\"shop\",\"users\":{\"ann\":\"" + password + "\"}}");

        installRefused(body, "route.basic_auth.users.ann must be a SHA-crypt hash");
        assertThat(client.install(body).detail()).doesNotContain(password);
    }
}
