package io.a64.deploy.policy;

import io.a64.container.ImageReference;
import io.a64.deploy.spi.AdmissionPolicy;
import io.a64.module.ModuleSpec;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Admits images from listed registries only. Immutable. */
public final class ImagePolicy implements AdmissionPolicy {

    private final Set<String> registries;

    private ImagePolicy(Set<String> registries) {
        this.registries = registries;
    }

    /**
     * Returns a policy that admits images from these registries, named as in a reference ({@code localhost:5000});
     * {@code *} admits all, {@link ImageReference#DEFAULT_REGISTRY} is meant by references that name none.
     */
    public static ImagePolicy allowingRegistries(Collection<String> registries) {
        return new ImagePolicy(new TreeSet<>(registries));
    }

    @Override
    public Optional<String> objection(ModuleSpec spec) {
        String registry = ImageReference.parse(spec.image()).registry();
        return registries.contains("*") || registries.contains(registry)
                ? Optional.empty()
                : Optional.of("image registry " + registry + " is not allowed; allowed: " + registries);
    }
}
