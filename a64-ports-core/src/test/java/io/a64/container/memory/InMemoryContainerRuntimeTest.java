package io.a64.container.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.a64.Deadline;
import io.a64.container.ContainerException;
import io.a64.container.ContainerException.Problem;
import io.a64.container.ContainerSpec;
import io.a64.container.ContainerState;
import io.a64.container.Resources;
import io.a64.container.hostports.PortProbe;
import io.a64.container.spi.ContainerRuntime;
import io.a64.spi.InvalidSettingException;
import io.a64.spi.Settings;
import io.a64.test.services.FreePort;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class InMemoryContainerRuntimeTest {

    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final HttpClient http = HttpClient.newHttpClient();
    private final int port = FreePort.find();
    private final InMemoryContainerRuntime runtime = InMemoryContainerRuntime.builder()
            .image("*", request -> HandlerResponse.text(200, "any"))
            .image("shop/*", request -> HandlerResponse.text(200, "shop"))
            .image("localhost:5000/shop/cart", request -> HandlerResponse.text(200, "cart"))
            .image("shop/fails", request -> {
                throw new IOException("no luck");
            })
            .exitingImage("shop/exits", 7, List.of("one", "two"))
            .build();

    @AfterEach
    void close() {
        runtime.close();
    }

    @Test
    void the_most_specific_pattern_decides_what_an_image_does() throws Exception {
        assertThat(answerOf("localhost:5000/shop/cart:2")).isEqualTo("cart");
        assertThat(answerOf("shop/menu:1")).isEqualTo("shop");
        assertThat(answerOf("localhost:5000/shop/menu")).isEqualTo("any");
    }

    @Test
    void what_a_handler_throws_is_a_500_and_stands_in_the_log() throws Exception {
        String id = start("shop/fails");

        assertThat(get("/x").statusCode()).isEqualTo(500);

        assertThat(runtime.logTail(id, 1, deadline()))
                .singleElement()
                .asString()
                .contains("GET /x", "no luck");
    }

    @Test
    void a_removed_container_refuses_connections_at_once() throws Exception {
        for (int i = 0; i < 50; i++) {
            String id = start("shop/menu");
            assertThat(get("/").statusCode()).isEqualTo(200);

            runtime.remove(id, Duration.ZERO, deadline());

            assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), port).close())
                    .isInstanceOf(ConnectException.class);
        }
    }

    @Test
    void an_idle_connection_does_not_outlive_its_container() throws Exception {
        String id = start("shop/menu");
        try (Socket idle = new Socket(InetAddress.getLoopbackAddress(), port)) {
            get("/"); // so that the server has accepted the one before

            runtime.remove(id, Duration.ZERO, deadline());

            idle.setSoTimeout((int) LIMIT.toMillis());
            assertThat(idle.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void answers_do_not_wait_for_acknowledgements() throws Exception {
        start("shop/menu");

        assertThat(get("/").headers().firstValue("Connection")).contains("close");
    }

    @Test
    void a_killed_module_has_exited_and_serves_again_after_a_start() throws Exception {
        String id = start("shop/menu");

        runtime.kill("module", 137);

        assertThat(runtime.status(id, deadline()).state()).isEqualTo(ContainerState.EXITED);
        assertThat(runtime.status(id, deadline()).exitCode()).hasValue(137);
        assertThatThrownBy(() -> get("/")).isInstanceOf(IOException.class);
        runtime.start(id, deadline());
        assertThat(get("/").statusCode()).isEqualTo(200);
    }

    @Test
    void a_planned_failure_comes_true_once() {
        runtime.failNext(RuntimeOperation.CREATE, Problem.UNAVAILABLE);

        assertThat(failure(() -> create("shop/menu")).problem()).isEqualTo(Problem.UNAVAILABLE);
        assertThat(runtime.list(deadline())).isEmpty();
        assertThat(create("shop/menu")).isNotEmpty();
    }

    @Test
    void a_failure_says_in_words_what_was_tried() {
        runtime.failNext(RuntimeOperation.STATUS, Problem.UNAVAILABLE);

        assertThatThrownBy(() -> runtime.status("some-id", Deadline.after(Duration.ofSeconds(5))))
                .hasMessage("cannot look at the container some-id: planned by a test");
    }

    @Test
    void a_planned_hang_lasts_until_the_deadline() {
        String id = create("shop/menu");
        runtime.hangNext(RuntimeOperation.START);
        Deadline soon = Deadline.after(Duration.ofMillis(100));

        assertThat(failure(() -> runtime.start(id, soon)).problem()).isEqualTo(Problem.OUTCOME_UNKNOWN);

        assertThat(soon.hasPassed()).isTrue();
        assertThat(runtime.status(id, deadline()).state()).isEqualTo(ContainerState.CREATED);
    }

    @Test
    void of_several_ports_all_are_published_or_none() throws Exception {
        int taken = FreePort.find();
        ContainerSpec both = spec("shop/menu", Map.of(1, port, 2, taken));
        String id = runtime.create(both, deadline());
        try (var holder = new ServerSocket(taken, 1, InetAddress.getLoopbackAddress())) {
            assertThat(holder.isBound()).isTrue();
            ContainerException conflict = failure(() -> runtime.start(id, deadline()));
            assertThat(conflict.problem()).isEqualTo(Problem.PORT_CONFLICT);
            assertThat(conflict.port()).hasValue(taken);
            assertThatThrownBy(() -> get("/")).isInstanceOf(IOException.class);
        }
        runtime.start(id, deadline());
        assertThat(get("/").statusCode()).isEqualTo(200);
    }

    @Test
    void the_port_of_a_running_container_is_occupied_by_this_process() {
        start("shop/menu");

        assertThat(runtime.occupied(List.of(port), deadline()))
                .containsOnlyKeys(port)
                .allSatisfy((taken, evidence) -> assertThat(evidence)
                        .contains("(pid " + ProcessHandle.current().pid() + ")", "127.0.0.1:" + port));
    }

    @Test
    void nothing_is_looked_at_if_the_settings_say_so() {
        start("shop/menu");

        try (ContainerRuntime blind =
                InMemoryContainerRuntime.builder().portProbe(PortProbe.NONE).build()) {
            assertThat(blind.occupied(List.of(port), deadline())).isEmpty();
        }
    }

    @Test
    void a_port_probe_that_does_not_exist_is_refused_with_those_that_do() {
        assertThatThrownBy(() ->
                        new InMemoryContainerRuntimeProvider().create(Settings.of(Map.of("a64.ports.probe", "udp"))))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessage("setting a64.ports.probe is \"udp\"; accepted: tcp, tcp+udp or none");
    }

    @Test
    void no_thread_of_a_container_keeps_the_application_alive() throws Exception {
        start("shop/menu");
        get("/");

        assertThat(Thread.getAllStackTraces().keySet())
                .filteredOn(thread -> thread.getName().startsWith("HTTP-Dispatcher")
                        || thread.getName().startsWith("a64-memory"))
                .isNotEmpty()
                .allMatch(Thread::isDaemon);
    }

    @Test
    void a_container_of_an_exiting_image_never_listens() {
        String id = start("shop/exits");

        assertThat(runtime.status(id, deadline()).exitCode()).hasValue(7);
        assertThat(runtime.logTail(id, 10, deadline())).containsExactly("one", "two");
        assertThatThrownBy(() -> get("/")).isInstanceOf(IOException.class);
    }

    private String answerOf(String image) throws Exception {
        String id = start(image);
        String answer = get("/").body();
        runtime.remove(id, Duration.ZERO, deadline());
        return answer;
    }

    private String start(String image) {
        String id = create(image);
        runtime.start(id, deadline());
        return id;
    }

    private String create(String image) {
        return runtime.create(spec(image, Map.of(8080, port)), deadline());
    }

    private static ContainerSpec spec(String image, Map<Integer, Integer> ports) {
        return new ContainerSpec(
                "module", 1, "owner", image, new TreeMap<>(ports), Map.of(), Resources.unlimited(), Optional.empty());
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(LIMIT)
                .build();
        return http.send(request, BodyHandlers.ofString());
    }

    private static ContainerException failure(ThrowingCallable call) {
        Throwable thrown = catchThrowable(call);
        assertThat(thrown).isInstanceOf(ContainerException.class);
        return (ContainerException) thrown;
    }

    private static Deadline deadline() {
        return Deadline.after(LIMIT);
    }
}
