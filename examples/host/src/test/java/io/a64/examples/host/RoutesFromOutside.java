package io.a64.examples.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.a64.examples.host.HostClient.Answer;
import io.a64.test.services.FreePort;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the packed jar makes of the routes in its installations, whatever proxy serves them. */
abstract class RoutesFromOutside {

    private static final String MODULES = "/api/v1/modules/";
    /** The password is {@code secret}. */
    private static final String HASH = "$5$saltsalt$0IyaXrmV7.sGNS6tirgqHLqX/G.FBvgkYA.lpPdS5sA";

    private final PortBlock ports = PortBlock.free(10);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @SuppressWarnings("NullAway.Init")
    private HostProcess host;

    @SuppressWarnings("NullAway.Init")
    private HostClient client;

    /** Makes the proxy ready and returns the variables that choose it. */
    abstract Map<String, String> proxy();

    @BeforeEach
    void start() {
        Map<String, String> variables = new HashMap<>(proxy());
        variables.put("A64_HTTP_PORT", "0");
        variables.put("A64_PORT_RANGE", ports.range());
        variables.put("A64_PORT_COOLDOWN", "PT0S");
        variables.put("A64_DRAIN_TIMEOUT", "PT10S");
        host = HostProcess.start(folder.resolve("host.log"), variables);
        client = host.client();
    }

    @AfterEach
    void stop() {
        host.close();
    }

    private static String body(String module, String route) {
        return "{\"module_name\":\"" + module + "\",\"docker_image\":\"demo/" + module
                + ":1\",\"ports\":[8080],\"route\":{" + route + "}}";
    }

    private HostClient installed(String module, String route) {
        Answer answer = client.install(body(module, route));
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(201);
        return new HostClient(
                URI.create(answer.json().path("urls").path("proxy").asText()), "");
    }

    private void assertNothingButLeft(String... modules) {
        assertThat(client.get(MODULES + "installed").json().path("modules").findValuesAsText("module_name"))
                .containsExactly(modules);
        assertThat(client.get("/api/v1/admin/ports/stats")
                        .json()
                        .path("total_allocated")
                        .asInt())
                .isEqualTo(modules.length);
    }

    private static Answer asUser(HostClient module, String path, String password) {
        String token = Base64.getEncoder().encodeToString(("ann:" + password).getBytes(StandardCharsets.UTF_8));
        return module.send(module.request(path).GET().header("Authorization", "Basic " + token));
    }

    @Test
    void aRouteWithEveryOptionIsServedByAllOfThem() {
        installed("login", "");
        HostClient shop = installed("shop", """
                "type":"path","readiness":{"path":"/health","timeout_seconds":10},"websocket":false,
                "rate_limit":{"requests_per_second":50,"burst":100},"auth_request":"/login/check",
                "max_body":"1k","read_timeout_seconds":90,"raw_path":true,"buffering":false,
                "balancing":"client_address","connection_limit":5,
                "basic_auth":{"realm":"shop","users":{"ann":"%s"}},"allow":["127.0.0.0/8","::1"],
                "response_headers":{"Cache-Control":"no-store","X-Own":"a, b; c=d"}""".formatted(HASH));

        Answer unknown = shop.get("a");
        Answer wrong = asUser(shop, "a", "guess");
        Answer right = asUser(shop, "a/b?x=1", "secret");

        assertThat(unknown.status()).isEqualTo(401);
        assertThat(unknown.header("WWW-Authenticate")).contains("Basic").contains("shop");
        assertThat(wrong.status()).isEqualTo(401);
        assertThat(right.status()).as(right.response().body()).isEqualTo(200);
        assertThat(right.json().path("path").asText()).isEqualTo("/a/b");
        assertThat(right.json().path("query").asText()).isEqualTo("x=1");
        assertThat(right.response().headers().allValues("Cache-Control")).containsExactly("no-store");
        assertThat(right.response().headers().allValues("X-Own")).containsExactly("a, b; c=d");
        assertThat(right.response().headers().allValues("X-Content-Type-Options"))
                .containsExactly("nosniff");
        assertThat(right.response().headers().allValues("X-Frame-Options")).containsExactly("SAMEORIGIN");
    }

    @Test
    void whoAsksTooOftenGets429() {
        HostClient shop = installed("shop", "\"rate_limit\":{\"requests_per_second\":1}");

        assertThat(shop.get("a").status()).isEqualTo(200);
        assertThat(shop.get("a").status()).isEqualTo(429);
    }

    @Test
    void aBodyAboveItsSizeGets413() {
        HostClient shop = installed("shop", "\"max_body\":\"1k\"");

        assertThat(shop.post("a", "text/plain", BodyPublishers.ofString("x".repeat(1024)))
                        .status())
                .isEqualTo(200);
        assertThat(shop.post("a", "text/plain", BodyPublishers.ofString("x".repeat(1025)))
                        .status())
                .isEqualTo(413);
    }

    @Test
    void aRawPathArrivesAsItWasSent() {
        Answer installed = client.install(body("shop", "\"raw_path\":true"));
        URI proxy = URI.create(installed.json().path("urls").path("proxy").asText());

        HostHeaderRequest.Answer answer =
                HostHeaderRequest.get(proxy.getPort(), proxy.getAuthority(), "/shop/a%2Fb//c%20d?e=%2F");

        assertThat(answer.text()).contains("\"path\":\"/a%2Fb//c%20d\"", "\"query\":\"e=%2F\"");
    }

    @Test
    void whoComesFromElsewhereGets403() {
        assertThat(installed("shop", "\"allow\":[\"10.0.0.0/8\"]").get("a").status())
                .isEqualTo(403);
    }

    @Test
    void aQuestionForAuthorizationThatNobodyAnswersAnyMoreLetsNobodyIn() {
        installed("guard", "");
        HostClient shop = installed("shop", "\"auth_request\":\"/guard/check\"");
        assertThat(shop.get("a").status()).isEqualTo(200);

        assertThat(client.delete(MODULES + "guard").status()).isEqualTo(200);

        assertThat(shop.get("a").status()).isEqualTo(500);
    }

    @Test
    void aQuestionForAuthorizationThatNobodyWouldAnswerIsA409AndLeavesNothing() {
        Answer answer = client.install(body("shop", "\"auth_request\":\"/login/check\""));

        assertThat(answer.status()).as(answer.response().body()).isEqualTo(409);
        assertThat(answer.detail()).contains("/login/check");
        assertThat(answer.json().path("step").asText()).isEqualTo("publish");
        assertNothingButLeft();
    }

    @Test
    void aPathThatAnotherModuleHoldsIsA409WithItsHolder() {
        HostClient shop = installed("shop", "\"path\":\"/tools/\"");

        Answer other = client.install(body("other", "\"path\":\"/tools/\""));

        assertThat(other.status()).as(other.response().body()).isEqualTo(409);
        assertThat(other.detail()).contains("/tools/", "held by module shop");
        assertNothingButLeft("shop");
        assertThat(shop.get("a").json().path("module").asText()).isEqualTo("shop");
    }

    @Test
    void aHostOnAPublicPortIsServedOnceByItsHolderAlone() {
        int port = FreePort.find();
        String route = "\"type\":\"host\",\"host\":\"shop.localhost\",\"port\":" + port;

        Answer installed = client.install(body("shop", route));

        assertThat(installed.status()).as(installed.response().body()).isEqualTo(201);
        assertThat(installed.json().path("urls").path("proxy").asText())
                .isEqualTo("http://shop.localhost:" + port + "/");
        HostHeaderRequest.Answer reached = HostHeaderRequest.get(port, "shop.localhost:" + port, "/a/b");
        assertThat(reached.status()).as(reached.text()).isEqualTo(200);
        assertThat(reached.text()).contains("\"module\":\"shop\"", "\"path\":\"/a/b\"");
        assertThat(HostHeaderRequest.get(port, "other.localhost:" + port, "/").status())
                .isEqualTo(421);
        assertThat(HostHeaderRequest.get(port, "other.localhost:" + port, "/health")
                        .status())
                .isEqualTo(200);

        Answer other = client.install(body("other", route));

        assertThat(other.status()).as(other.response().body()).isEqualTo(409);
        assertThat(other.detail()).contains("shop.localhost:" + port, "held by module shop");
        assertNothingButLeft("shop");
    }

    @Test
    void modulesShareAHostByTheirPrefixes() {
        int port = FreePort.find();
        String route = "\"type\":\"host\",\"host\":\"shop.localhost\",\"port\":" + port;
        assertThat(client.install(body("front", route)).status()).isEqualTo(201);
        assertThat(client.install(body("back", route + ",\"path\":\"/api/\"")).status())
                .isEqualTo(201);

        assertThat(HostHeaderRequest.get(port, "shop.localhost:" + port, "/api/x")
                        .text())
                .contains("\"module\":\"back\"", "\"path\":\"/api/x\"");
        assertThat(HostHeaderRequest.get(port, "shop.localhost:" + port, "/apix")
                        .text())
                .contains("\"module\":\"front\"");
    }

    @Test
    void anUploadThatIsUnderWayIsAnsweredBeforeItsModuleEnds() throws Exception {
        Answer installed = client.install(body("shop", "\"buffering\":false"));
        URI proxy = URI.create(installed.json().path("urls").path("proxy").asText());
        try (SlowUpload upload = SlowUpload.begin(proxy)) {
            CompletableFuture<Answer> removal = CompletableFuture.supplyAsync(() -> client.delete(MODULES + "shop"));
            awaitGone(proxy);

            assertThat(removal).as("the removal waits for the upload").isNotDone();
            assertThat(upload.end()).startsWith("HTTP/1.1 200").contains("\"body\":\"first,second\"");
            assertThat(removal.get(20, TimeUnit.SECONDS).status()).isEqualTo(200);
        }
        assertNothingButLeft();
    }

    @Test
    void anUploadThatGoesOnAfterTheDrainTimeOutEndsWithItsModule() throws Exception {
        Answer installed = client.install(body("shop", "\"buffering\":false"));
        URI proxy = URI.create(installed.json().path("urls").path("proxy").asText());
        try (SlowUpload upload = SlowUpload.begin(proxy)) {
            assertThat(client.delete(MODULES + "shop").status()).isEqualTo(200);

            assertThat(upload.end()).doesNotContain("HTTP/1.1 200");
        }
        assertNothingButLeft();
    }

    /** New requests are refused as soon as the route is out, whatever is still under way. */
    private static void awaitGone(URI proxy) {
        await("the route is out")
                .atMost(Duration.ofSeconds(20))
                .until(() -> new HostClient(proxy, "").get("a").status() == 404);
    }
}
