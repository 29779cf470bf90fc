package io.a64.proxy.nginx;

import static org.assertj.core.api.Assertions.assertThat;

import io.a64.Deadline;
import io.a64.proxy.nginx.internal.publish.Pace;
import io.a64.proxy.nginx.internal.publish.Step;
import io.a64.test.services.RequiresService;
import io.a64.test.services.Service;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * NGINX reads while generations are written; {@code -Da64.reader.generations=1000} writes as many. Numbers are those of
 * the traps in the research on NGINX.
 */
@RequiresService(Service.NGINX)
final class ConcurrentReaderTest extends NginxFixture {

    private static final int GENERATIONS = Integer.getInteger("a64.reader.generations", 30);
    private static final Duration LIMIT = Duration.ofMinutes(30);

    @Test
    @DisplayName("trap 32: whoever reads the configuration while generations roll over sees all routes, or nothing")
    void everyAcceptedReadIsWhole() throws Exception {
        NginxRouteWriter fast =
                NginxRouteWriter.using(nginx.settings(), new Pace(1, Duration.ZERO), Step.Listener.NONE);
        for (int i = 0; i < 10; i++) {
            fast.publish(route("m" + i), soon());
        }
        AtomicBoolean goOn = new AtomicBoolean(true);
        CompletableFuture<Integer> reads = CompletableFuture.supplyAsync(() -> readUntil(goOn));
        try {
            for (int generation = 2; generation <= GENERATIONS; generation++) {
                fast.publish(route("m" + generation % 10, generation), Deadline.after(LIMIT));
            }
        } finally {
            goOn.set(false);
        }
        assertThat(reads.get()).as("reads that NGINX accepted").isPositive();
    }

    private int readUntil(AtomicBoolean goOn) {
        int accepted = 0;
        try {
            while (goOn.get()) {
                Process reader = new ProcessBuilder(
                                nginx.settings().binary(),
                                "-T",
                                "-p",
                                prefix.toString(),
                                "-c",
                                nginx.settings().mainConfiguration().toString())
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
                String text = new String(reader.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                if (reader.waitFor() == 0) {
                    accepted++;
                    for (int i = 0; i < 10; i++) {
                        assertThat(text).contains("location ^~ /m" + i + "/ {");
                    }
                }
            }
            return accepted;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
