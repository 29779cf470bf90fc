package io.a64.ports.mongo;

import static org.assertj.core.api.Assertions.assertThat;

import io.a64.ports.PortAllocation;
import io.a64.ports.PortException;
import io.a64.ports.PortRequest;
import io.a64.ports.PortUse;
import io.a64.ports.spi.PortAllocator;
import io.a64.test.services.RequiresService;
import io.a64.test.services.Service;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Hosts that compete for the last free ports. */
@Timeout(180)
@RequiresService(Service.MONGODB)
class LastPortsTest extends RegistryCases {
    private static final int THREADS = 8;

    /** As many ports as threads, none of which holds more than one: there is always one left for whoever asks. */
    @Test
    void nobodyIsToldThatPortsAreExhaustedWhileOneIsFree() throws InterruptedException {
        List<PortAllocator> hosts = List.of(
                MongoPortAllocator.using(mongo.database(), ports(THREADS)),
                MongoPortAllocator.using(mongo.database(), ports(THREADS)));
        ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();
        ConcurrentHashMap<Integer, String> holders = new ConcurrentHashMap<>();
        ConcurrentLinkedQueue<Long> times = new ConcurrentLinkedQueue<>();
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        for (int thread = 0; thread < THREADS; thread++) {
            PortAllocator host = hosts.get(thread % hosts.size());
            int number = thread;
            threads.execute(() -> {
                for (int round = 0; round < 150; round++) {
                    String owner = number + "-" + round;
                    long began = System.nanoTime();
                    try {
                        PortAllocation allocation =
                                host.allocate(new PortRequest("module-" + number, 1, owner, List.of(8080)), soon());
                        times.add((System.nanoTime() - began) / 1_000_000);
                        String before = holders.put(port(allocation), owner);
                        if (before != null) {
                            failures.add("two owners of " + port(allocation));
                        }
                        holders.remove(port(allocation), owner);
                        host.release(allocation, PortUse.NEVER_BOUND, soon());
                    } catch (PortException e) {
                        failures.add(e.kind() + ": " + e.getMessage());
                    }
                }
            });
        }
        threads.shutdown();
        assertThat(threads.awaitTermination(170, TimeUnit.SECONDS)).isTrue();

        List<Long> sorted = new ArrayList<>(times);
        sorted.sort(null);
        assertThat(failures).isEmpty();
        assertThat(Duration.ofMillis(sorted.get(sorted.size() - 1))).isLessThan(Duration.ofSeconds(10));
    }
}
