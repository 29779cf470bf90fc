package io.a64.examples.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.a64.deploy.Deployment;
import io.a64.deploy.ModuleDeployer;
import io.a64.examples.host.HostClient.Answer;
import io.a64.examples.host.settings.HostSettings;
import io.a64.module.ModuleSpec;
import io.a64.test.services.FreePort;
import io.a64.test.services.NginxProcess;
import io.a64.test.services.RequiresService;
import io.a64.test.services.Service;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the host prints for NGINX really starts it, and serves what the host deploys then. */
@RequiresService(Service.NGINX)
class PrintedNginxFilesTest {

    private static final InetAddress IPV4 = InetAddress.getLoopbackAddress();

    private final PortBlock ports = PortBlock.free(3);
    private final int port = FreePort.find();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path prefix;

    private Map<String, String> variables(String listen) {
        return new HashMap<>(Map.of(
                "A64_NGINX_CONFIG_DIR", prefix.resolve("conf.d").toString(),
                "A64_NGINX_BINARY", Service.nginxBinary().toString(),
                "A64_NGINX_MAIN_CONF", prefix.resolve("nginx.conf").toString(),
                "A64_NGINX_PREFIX", prefix.toString(),
                "A64_NGINX_LISTEN", listen,
                "A64_PORT_RANGE", ports.range()));
    }

    private static String printed(Map<String, String> variables, String option) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new Host(variables, new PrintStream(out, true, StandardCharsets.UTF_8)).run(List.of(option));
        return out.toString(StandardCharsets.UTF_8);
    }

    private NginxProcess nginx(InetAddress address, String configuration) throws IOException {
        Files.createDirectories(prefix.resolve("conf.d"));
        Files.writeString(prefix.resolve("nginx.conf"), configuration);
        return NginxProcess.start(prefix, prefix.resolve("nginx.conf"), address, port);
    }

    private static Answer answerThrough(Map<String, String> variables) {
        try (ModuleDeployer deployer = Deployers.make(HostSettings.of(variables))) {
            Deployment shop = deployer.deploy(
                    ModuleSpec.builder("shop").image("demo/shop:1").port(8080).spec());
            Answer answer = new HostClient(shop.urls().proxy().orElseThrow(), "").get("a/b?x=1");
            deployer.undeploy("shop");
            return answer;
        }
    }

    private void assertServed(Map<String, String> variables) {
        Answer answer = answerThrough(variables);

        assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
        assertThat(answer.json().path("module").asText()).isEqualTo("shop");
        assertThat(answer.json().path("path").asText()).isEqualTo("/a/b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"%d", "127.0.0.1:%d", "localhost:%d", "*:%d", "0.0.0.0:%d"})
    void theMainConfigurationStartsAndServesForEveryFormOfListener(String form) throws IOException {
        Map<String, String> variables = variables(form.formatted(port));

        try (NginxProcess nginx = nginx(IPV4, printed(variables, "--print-nginx-conf"))) {
            assertThat(nginx.pid()).isPositive();
            assertServed(variables);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"[::1]:%d", "[::]:%d"})
    void theMainConfigurationStartsAndServesOnIpv6(String form) throws IOException {
        assumeThat(hasIpv6()).as("this machine has IPv6 on its loopback").isTrue();
        Map<String, String> variables = variables(form.formatted(port));

        try (NginxProcess nginx = nginx(ipv6(), printed(variables, "--print-nginx-conf"))) {
            assertThat(nginx.pid()).isPositive();
            assertServed(variables);
        }
    }

    private static InetAddress ipv6() throws IOException {
        byte[] loopback = new byte[16];
        loopback[15] = 1;
        return InetAddress.getByAddress(loopback);
    }

    private static boolean hasIpv6() {
        try (ServerSocket socket = new ServerSocket(0, 1, ipv6())) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    @ParameterizedTest
    @CsvSource({"127.0.0.1,127.0.0.1:80", "localhost,localhost:80", "*,*:80", "[::1],[::1]:80", "8081,8081"})
    void aListenerWithoutPortIsPrintedWithThePortThatNginxWouldTake(String listen, String directive) {
        assertThat(printed(variables(listen), "--print-nginx-conf")).contains("listen " + directive + " ");
    }

    @Test
    void theIncludedLinesMakeAnOperatorsOwnConfigurationServe() throws IOException {
        Map<String, String> variables = variables("127.0.0.1:" + port);
        String[] blocks = printed(variables, "--print-nginx-include").split("(?<=end of http \\{\\} ---\\R)");
        assertThat(blocks).as("one block for http {}, one for server {}").hasSize(2);
        String own = """
                pid nginx.pid;
                %s
                events {}
                http {
                    access_log off;
                    client_body_temp_path client_body_temp;
                    proxy_temp_path proxy_temp;
                    fastcgi_temp_path fastcgi_temp;
                    uwsgi_temp_path uwsgi_temp;
                    scgi_temp_path scgi_temp;
                    %s
                    server {
                        listen 127.0.0.1:%d;
                        location /own/ {
                            return 200 "the operator's";
                        }
                        %s
                    }
                }
                """.formatted(user(variables), blocks[0], port, blocks[1]);

        try (NginxProcess nginx = nginx(IPV4, own)) {
            assertThat(nginx.pid()).isPositive();
            assertServed(variables);
            Answer operators =
                    new HostClient(HostSettings.of(variables).proxyUrl().orElseThrow(), "").get("/own/");
            assertThat(operators.response().body()).isEqualTo("the operator's");
        }
    }

    /** The folder of a test is closed to others, so workers have to run as its owner, as the main configuration says. */
    private static String user(Map<String, String> variables) {
        return printed(variables, "--print-nginx-conf")
                .lines()
                .filter(line -> line.startsWith("user "))
                .findFirst()
                .orElse("");
    }
}
