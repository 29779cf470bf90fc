package io.a64.examples.host.api;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.a64.FailureKind;
import io.a64.deploy.DeploymentException;
import io.a64.examples.host.HostClient.Answer;
import java.net.BindException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class ApiServerTest extends ApiFixture {

    @Test
    void aPortThatIsTakenIsRefused() {
        assertThatThrownBy(() -> ApiServer.start("127.0.0.1", server.port(), BearerToken.of(TOKEN), deployer))
                .isInstanceOf(BindException.class);
    }

    @Test
    void aLongInstallationDoesNotKeepOtherCallsWaiting() throws Exception {
        CountDownLatch begun = new CountDownLatch(20);
        CountDownLatch goOn = new CountDownLatch(1);
        deployer.beforeDeploy = spec -> {
            begun.countDown();
            waitFor(goOn);
        };
        CompletableFuture<?>[] installations = new CompletableFuture<?>[20];
        for (int i = 0; i < installations.length; i++) {
            String body = APP.replace("\"app\"", "\"app-" + i + "\"");
            installations[i] = CompletableFuture.supplyAsync(
                    () -> client.install(body), task -> new Thread(task, "test-client").start());
        }
        assertThat(begun.await(10, SECONDS)).isTrue();

        assertThat(client.get("/health").status()).isEqualTo(200);

        goOn.countDown();
        CompletableFuture.allOf(installations).get(10, SECONDS);
        assertThat(deployer.specs).hasSize(20);
    }

    @Test
    void closingInterruptsWhatDoesNotFinishAndAnswersIt() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        deployer.beforeDeploy = spec -> {
            begun.countDown();
            waitFor(new CountDownLatch(1));
        };
        CompletableFuture<Answer> installation = CompletableFuture.supplyAsync(() -> client.install(APP));
        assertThat(begun.await(10, SECONDS)).isTrue();

        long start = System.nanoTime();
        server.close();

        assertThat(SECONDS.convert(System.nanoTime() - start, java.util.concurrent.TimeUnit.NANOSECONDS))
                .isLessThan(10);
        await().atMost(5, SECONDS).until(installation::isDone);
        assertThat(installation.get().status()).isEqualTo(500);
        assertThat(deployer.specs).isEmpty();
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw DeploymentException.beforeSteps(FailureKind.INTERRUPTED, "app", "the thread was interrupted");
        }
    }
}
