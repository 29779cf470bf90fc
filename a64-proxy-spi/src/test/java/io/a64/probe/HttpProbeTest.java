package io.a64.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import com.sun.net.httpserver.HttpServer;
import io.a64.Deadline;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class HttpProbeTest {

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch over = new CountDownLatch(1);
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
        server.setExecutor(threads);
        server.createContext("/ok", exchange -> {
            exchange.sendResponseHeaders(200, 2);
            exchange.getResponseBody().write("ok".getBytes(StandardCharsets.US_ASCII));
            exchange.close();
        });
        server.createContext("/host", exchange -> {
            URI asked = exchange.getRequestURI();
            String text = exchange.getRequestHeaders().getFirst("Host") + " " + asked.getRawPath() + "?"
                    + asked.getRawQuery();
            exchange.sendResponseHeaders(200, text.length());
            exchange.getResponseBody().write(text.getBytes(StandardCharsets.US_ASCII));
            exchange.close();
        });
        server.createContext("/away", exchange -> {
            exchange.getResponseHeaders().set("Location", "/ok");
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
        });
        server.createContext("/stream", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            try {
                while (!over.await(50, TimeUnit.MILLISECONDS)) {
                    exchange.getResponseBody().write('.');
                    exchange.getResponseBody().flush();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        server.start();
    }

    @AfterEach
    void stop() {
        over.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private HttpProbe.Answer get(String path, Duration limit) throws IOException {
        URI uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
        return HttpProbe.get(uri, Deadline.after(limit), Duration.ofSeconds(30));
    }

    @Test
    void anAnswerHasStatusAndBodyAndRedirectsAreNotFollowed() throws IOException {
        assertThat(get("/ok", Duration.ofSeconds(5))).isEqualTo(new HttpProbe.Answer(200, "ok"));
        assertThat(get("/away", Duration.ofSeconds(5)).status()).isEqualTo(302);
        assertThat(get("/none", Duration.ofSeconds(5)).isSuccess()).isFalse();
    }

    @Test
    void aListenerIsAskedForAHostThatNobodyKnows() throws IOException {
        URI uri = URI.create("http://shop.invalid:81/host?x=%2F");

        HttpProbe.Answer answer = HttpProbe.getAt(
                server.getAddress(), uri, Deadline.after(Duration.ofSeconds(5)), Duration.ofSeconds(30));

        assertThat(answer).isEqualTo(new HttpProbe.Answer(200, "shop.invalid:81 /host?x=%2F"));
    }

    @Test
    void anAnswerThatNeverEndsIsCutOffAtTheDeadline() throws IOException {
        long start = System.nanoTime();

        HttpProbe.Answer answer = get("/stream", Duration.ofSeconds(2));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).startsWith(".");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void nobodyThereIsAnException() {
        server.stop(0);

        assertThatIOException().isThrownBy(() -> get("/ok", Duration.ofSeconds(1)));
    }
}
