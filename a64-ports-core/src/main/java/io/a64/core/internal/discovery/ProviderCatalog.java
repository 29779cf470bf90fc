package io.a64.core.internal.discovery;

import io.a64.deploy.DeployerConfig.Choice;
import io.a64.spi.Component;
import io.a64.spi.Provider;
import io.a64.spi.Settings;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Determines each part of a deployer: an object that the host handed over beats a name that it chose, which beats a
 * setting, which beats the default. Never the first one found.
 */
public final class ProviderCatalog {

    private static final Logger log = LoggerFactory.getLogger(ProviderCatalog.class);

    private final ProviderSource source;
    private final Settings settings;

    ProviderCatalog(ProviderSource source, Settings settings) {
        this.source = source;
        this.settings = settings;
    }

    /** Returns a catalog of what the class loader finds. */
    public static ProviderCatalog of(ClassLoader loader, Settings settings) {
        return new ProviderCatalog(ProviderSource.of(loader), settings);
    }

    /**
     * Returns the part that is chosen.
     *
     * @throws io.a64.A64Exception if none can be determined or made
     */
    public <T extends Component> Part<T> resolve(PartKind<T> kind, Choice<T> choice) {
        return choice.given()
                .map(object -> new Part<>(object, false))
                .orElseGet(() -> new Part<>(make(kind, choice), true));
    }

    private <T extends Component> T make(PartKind<T> kind, Choice<T> choice) {
        Optional<String> chosen =
                choice.name().or(() -> settings.text(kind.setting())).or(choice::fallback);
        String name = chosen.orElse(kind.defaultName());
        List<String> broken = new ArrayList<>();
        List<Provider<T>> found = source.load(kind.provider(), broken);
        List<Provider<T>> matching =
                found.stream().filter(provider -> provider.name().equals(name)).toList();
        if (matching.size() != 1) {
            throw new DiscoveryException(
                    matching.isEmpty()
                            ? noneFound(kind, chosen, found, broken)
                            : "more than one " + kind.title() + " is named \"" + name + "\": " + described(matching)
                                    + "; remove all but one from the class path, or hand over an object: "
                                    + builderCall(kind));
        }
        Provider<T> provider = matching.get(0);
        T part = provider.create(settings);
        log.info("{}: {}", kind.title(), described(provider));
        return part;
    }

    private static <T extends Component> String noneFound(
            PartKind<T> kind, Optional<String> chosen, List<Provider<T>> found, List<String> broken) {
        String what = chosen.map(name -> "no " + kind.title() + " is named \"" + name + "\"")
                .orElse("no " + kind.title() + " is chosen, and the default \"" + kind.defaultName()
                        + "\" is not on the class path");
        String candidates = found.isEmpty() ? "none found" : "found: " + described(found);
        String unusable = broken.isEmpty() ? "" : "; could not be loaded: " + String.join(", ", broken);
        boolean defaultFound =
                found.stream().anyMatch(provider -> provider.name().equals(kind.defaultName()));
        String missing = defaultFound
                ? ""
                : ", or add the dependency " + kind.defaultArtifact() + " for \"" + kind.defaultName() + "\"";
        return what + "; " + candidates + unusable + "; choose one with the setting " + kind.setting() + " or "
                + builderCall(kind) + missing;
    }

    private static String builderCall(PartKind<?> kind) {
        return "builder." + kind.builderMethod() + "(…)";
    }

    private static String described(List<? extends Provider<?>> providers) {
        return providers.stream().map(ProviderCatalog::described).sorted().collect(Collectors.joining(", "));
    }

    private static String described(Provider<?> provider) {
        CodeSource source = provider.getClass().getProtectionDomain().getCodeSource();
        String location = source == null ? "" : source.getLocation().getPath().replaceFirst("/$", "");
        String jar = location.substring(location.lastIndexOf('/') + 1);
        return "\"" + provider.name() + "\" (" + provider.getClass().getName() + (jar.isEmpty() ? "" : " in " + jar)
                + ")";
    }
}
