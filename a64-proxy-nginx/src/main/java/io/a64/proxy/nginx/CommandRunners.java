package io.a64.proxy.nginx;

import io.a64.proxy.spi.CommandRunner;
import io.a64.proxy.spi.CommandRunnerProvider;
import io.a64.spi.InvalidSettingException;
import io.a64.spi.Settings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.stream.Stream;

/** Finds who runs commands in NGINX's container: by the name that a setting chooses, never the first one found. */
final class CommandRunners {

    static final String SETTING = "a64.nginx.command-runner";

    private static final String DEFAULT = "docker";
    private static final String DEFAULT_ARTIFACT = "io.a64:a64-ports-core";

    private CommandRunners() {}

    /** @throws InvalidSettingException if not exactly one has the name; names those that were found */
    static CommandRunner make(String container, Settings settings) {
        String name = settings.text(SETTING).orElse(DEFAULT);
        List<CommandRunnerProvider> found = found();
        List<CommandRunnerProvider> matching =
                found.stream().filter(provider -> provider.name().equals(name)).toList();
        if (matching.size() != 1) {
            throw new InvalidSettingException(SETTING, name, accepted(name, matching, found));
        }
        return matching.get(0).create(container, settings);
    }

    private static String accepted(
            String name, List<CommandRunnerProvider> matching, List<CommandRunnerProvider> found) {
        String candidates = "found on the class path: "
                + (found.isEmpty()
                        ? "none"
                        : found.stream()
                                .map(provider -> "\"" + provider.name() + "\" ("
                                        + provider.getClass().getName() + ")")
                                .toList());
        if (!matching.isEmpty()) {
            return "a name that only one CommandRunnerProvider has; " + candidates;
        }
        String artifact = name.equals(DEFAULT) ? "; add the dependency " + DEFAULT_ARTIFACT : "";
        return "the name of a CommandRunnerProvider; " + candidates + artifact;
    }

    /** The host's class loader may know more than ours, and ours more than one that a container set for the thread. */
    private static List<CommandRunnerProvider> found() {
        Map<Class<?>, CommandRunnerProvider> providers = new LinkedHashMap<>();
        Stream.of(
                        Optional.ofNullable(Thread.currentThread().getContextClassLoader()),
                        Optional.ofNullable(CommandRunners.class.getClassLoader()))
                .flatMap(Optional::stream)
                .map(loader -> ServiceLoader.load(CommandRunnerProvider.class, loader))
                .flatMap(ServiceLoader::stream)
                .forEach(provider ->
                        load(provider).ifPresent(loaded -> providers.putIfAbsent(loaded.getClass(), loaded)));
        return new ArrayList<>(providers.values());
    }

    private static Optional<CommandRunnerProvider> load(ServiceLoader.Provider<CommandRunnerProvider> provider) {
        try {
            return Optional.of(provider.get());
        } catch (ServiceConfigurationError | LinkageError e) {
            return Optional.empty(); // counts as not found
        }
    }
}
