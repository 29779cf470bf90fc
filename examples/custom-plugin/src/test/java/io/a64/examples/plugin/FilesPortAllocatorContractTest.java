package io.a64.examples.plugin;

import io.a64.ports.spi.PortAllocator;
import io.a64.ports.testkit.PortAllocatorContract;
import io.a64.ports.testkit.PortAllocatorSetup;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.io.TempDir;

final class FilesPortAllocatorContractTest extends PortAllocatorContract {

    @TempDir
    private Path directory;

    private volatile Instant now = Instant.parse("2026-01-01T00:00:00Z");

    @Override
    protected PortAllocator open(PortAllocatorSetup setup) {
        return new FilesPortAllocator(
                directory,
                new FilesPortAllocator.Rules(setup.range(), setup.reserved(), setup.lease(), setup.cooldown()),
                new MovedByHand());
    }

    @Override
    protected void passTime(Duration time) {
        now = now.plus(time);
    }

    @Override
    protected boolean hasQuarantine() {
        return false;
    }

    private final class MovedByHand extends Clock {
        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
