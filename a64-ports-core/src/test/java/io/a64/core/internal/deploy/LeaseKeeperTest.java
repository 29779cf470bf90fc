package io.a64.core.internal.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.a64.Deadline;
import io.a64.FailureKind;
import io.a64.core.internal.deploy.LeaseKeeper.Lease;
import io.a64.ports.PortAllocation;
import io.a64.ports.PortException;
import io.a64.ports.PortRequest;
import io.a64.ports.PortUse;
import io.a64.ports.memory.MemoryPortAllocator;
import io.a64.ports.registry.RegistrySettings;
import io.a64.ports.spi.PortAllocator;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LeaseKeeperTest {
    private static final Duration LEASE = Duration.ofMillis(300);
    private static final PortRequest REQUEST = new PortRequest("shop", 1, "owner", List.of(8080));

    private final PortAllocator allocator =
            MemoryPortAllocator.create(RegistrySettings.defaults().withLease(LEASE), Clock.systemUTC());
    private final AtomicInteger renewals = new AtomicInteger();
    private final LeaseKeeper keeper = new LeaseKeeper(counting());

    private int outages;
    private RuntimeException failure = new PortException(FailureKind.UNAVAILABLE, "no registry", null);

    @AfterEach
    void close() {
        keeper.close();
    }

    @Test
    void portsOfALongStepOutliveTheirLeaseSeveralTimes() {
        PortAllocation allocation = allocate();

        try (Lease lease = keeper.keep(allocation)) {
            await().until(() -> renewals.get() > 9);

            assertThat(lease.isLost()).isFalse();
            assertThat(allocator.confirm(allocation, soon())).isTrue();
        }
    }

    @Test
    void portsThatAreSomebodyElsesAreNoticed() {
        PortAllocation allocation = allocate();
        try (Lease lease = keeper.keep(allocation)) {
            allocator.release(allocation, PortUse.NEVER_BOUND, soon());

            await().until(lease::isLost);
        }
    }

    @Test
    void anOutageOfTheRegistryIsNotTakenForALoss() {
        outages = 2;
        try (Lease lease = keeper.keep(allocate())) {
            await().until(() -> renewals.get() > 3);

            assertThat(lease.isLost()).isFalse();
        }
    }

    @Test
    void whatIsClosedIsNotRenewedAnyMore() {
        Lease closed = keeper.keep(allocate());
        closed.close();
        int before = renewals.get();

        try (Lease other = keeper.keep(allocator.allocate(new PortRequest("blog", 1, "other", List.of(1)), soon()))) {
            await().until(() -> renewals.get() > before + 3);

            assertThat(other.isLost()).isFalse();
        }
        assertThat(allocator
                        .allocate(new PortRequest("news", 1, "third", List.of(1)), soon())
                        .ports())
                .as("the port of the closed lease has lapsed and rests")
                .containsEntry(1, 9002);
        assertThat(allocator.statistics(soon()).cooling()).isEqualTo(1);
    }

    @Test
    void aPluginThatThrowsWhateverItLikesIsAskedAgain() {
        outages = 2;
        failure = new IllegalStateException("a plugin's own");
        try (Lease lease = keeper.keep(allocate())) {
            await().until(() -> renewals.get() > 3);

            assertThat(lease.isLost()).isFalse();
        }
    }

    private PortAllocation allocate() {
        return allocator.allocate(REQUEST, soon());
    }

    private PortAllocator counting() {
        return (PortAllocator) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {PortAllocator.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("renew") && renewals.incrementAndGet() <= outages) {
                        throw failure;
                    }
                    try {
                        return method.invoke(allocator, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private static Deadline soon() {
        return Deadline.after(Duration.ofSeconds(10));
    }
}
