package io.a64.container.docker;

import io.a64.container.ContainerSpec;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What our containers say about themselves. Labels cannot change after creation, so they are the truth about whose a
 * container is; its name is not.
 *
 * @param platform the platform that created it; another platform's containers are not ours
 * @param module the module it belongs to
 * @param generation the module's generation
 * @param owner the deployment that created it
 */
record Labels(String platform, String module, int generation, String owner) {

    static final String PLATFORM = "io.a64.platform";
    static final String MODULE = "io.a64.module";
    static final String GENERATION = "io.a64.generation";
    static final String OWNER = "io.a64.owner";
    private static final String IMAGE = "io.a64.image";
    private static final String PORTS = "io.a64.ports";

    static Map<String, String> of(ContainerSpec spec, String platform) {
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put(PLATFORM, platform);
        labels.put(MODULE, spec.module());
        labels.put(GENERATION, Integer.toString(spec.generation()));
        labels.put(OWNER, spec.owner());
        labels.put(IMAGE, spec.image());
        labels.put(PORTS, spec.ports().toString());
        return labels;
    }

    /** Reads the labels of a container, empty if it lacks one of ours. */
    static Optional<Labels> read(@Nullable Map<String, String> labels) {
        if (labels == null) {
            return Optional.empty();
        }
        String platform = labels.get(PLATFORM);
        String module = labels.get(MODULE);
        String owner = labels.get(OWNER);
        int generation = number(labels.get(GENERATION));
        if (platform == null || module == null || owner == null || generation < 0) {
            return Optional.empty();
        }
        return Optional.of(new Labels(platform, module, generation, owner));
    }

    private static int number(@Nullable String text) {
        try {
            return Integer.parseInt(Objects.requireNonNullElse(text, ""));
        } catch (NumberFormatException e) {
            return -1;
        }
    }
}
