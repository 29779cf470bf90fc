package io.a64.examples.plugin;

import io.a64.InvalidInputException;
import io.a64.ports.PortRange;
import io.a64.ports.spi.PortAllocator;
import io.a64.ports.spi.PortAllocatorProvider;
import io.a64.spi.Settings;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** Makes a {@link FilesPortAllocator} from {@code a64.files.directory} and the usual settings of ports. */
public final class FilesPortAllocatorProvider implements PortAllocatorProvider {

    /** Called by {@link java.util.ServiceLoader}. */
    public FilesPortAllocatorProvider() {}

    @Override
    public String name() {
        return "files";
    }

    @Override
    public PortAllocator create(Settings settings) {
        Path directory = Path.of(settings.requiredText("a64.files.directory", "a directory"));
        String range = "FIRST-LAST within 1 and 65535";
        return new FilesPortAllocator(
                directory.resolve("ports"),
                new FilesPortAllocator.Rules(
                        settings.parsed("a64.ports.range", range, InvalidInputException.class, PortRange::parse)
                                .orElse(PortRange.DEFAULT),
                        settings.parsed("a64.ports.reserved", range, InvalidInputException.class, PortRange::parseList)
                                .orElse(List.of()),
                        settings.duration("a64.ports.lease").orElse(Duration.ofMinutes(5)),
                        settings.duration("a64.ports.cooldown").orElse(Duration.ofSeconds(30))),
                Clock.systemUTC());
    }
}
