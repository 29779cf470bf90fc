package io.a64.examples.router.internal.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.a64.proxy.RateLimit;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class RequestRatesTest {

    private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 1000); // a nanoTime may overflow at any moment
    private final RequestRates rates = new RequestRates(clock::get, 100);

    private static Client client(int number) {
        try {
            return new Client("app", InetAddress.getByAddress(new byte[] {10, 0, (byte) (number >> 8), (byte) number}));
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    private long admitted(int tries, RateLimit limit) {
        return IntStream.range(0, tries)
                .filter(i -> rates.admit(client(1), limit))
                .count();
    }

    private void pass(Duration time) {
        clock.addAndGet(time.toNanos());
    }

    @Test
    void oneRequestAndTheBurstPassAtOnceAndNoMore() {
        assertThat(admitted(50, new RateLimit(5, 10))).isEqualTo(11);
    }

    @Test
    void withoutBurstOneRequestPassesPerInterval() {
        RateLimit limit = new RateLimit(4, 0);
        assertThat(admitted(3, limit)).isEqualTo(1);

        pass(Duration.ofMillis(249));
        assertThat(admitted(3, limit)).isZero();

        pass(Duration.ofMillis(1));
        assertThat(admitted(3, limit)).isEqualTo(1);
    }

    @Test
    void theSteadyRateIsKeptWhateverTheTries() {
        RateLimit limit = new RateLimit(10, 5);
        long admitted = 0;
        for (int i = 0; i < 1000; i++) {
            admitted += admitted(3, limit);
            pass(Duration.ofMillis(10));
        }

        assertThat(admitted).isBetween(100L, 106L);
    }

    @Test
    void theBurstFillsUpAgainWhileNobodyAsksButNotBeyondItself() {
        RateLimit limit = new RateLimit(2, 4);
        admitted(10, limit);

        pass(Duration.ofSeconds(1));
        assertThat(admitted(10, limit)).isEqualTo(2);

        pass(Duration.ofHours(1));
        assertThat(admitted(10, limit)).isEqualTo(5);
    }

    @Test
    void clientsAndModulesDoNotShareTheirRates() throws UnknownHostException {
        RateLimit limit = new RateLimit(1, 0);
        Client other = new Client("other", client(1).address());

        assertThat(rates.admit(client(1), limit)).isTrue();
        assertThat(rates.admit(client(2), limit)).isTrue();
        assertThat(rates.admit(other, limit)).isTrue();
        assertThat(rates.admit(client(1), limit)).isFalse();
    }

    @Test
    void onlyTheClientsThatAskedLastAreKept() {
        RateLimit limit = new RateLimit(1, 1000);

        IntStream.range(0, 5000).forEach(i -> rates.admit(client(i), limit));

        assertThat(rates.clients()).isEqualTo(100);
    }
}
