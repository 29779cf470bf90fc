package io.a64.container.memory;

import io.a64.container.ImageReference;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The images that exist. */
final class ImageCatalogue {

    private record Entry(String glob, Pattern pattern, ImageBehaviour behaviour) {}

    private final List<Entry> entries;

    private ImageCatalogue(List<Entry> entries) {
        this.entries = entries;
    }

    /**
     * A glob, in which {@code *} stands for any characters, and what the images do that it matches.
     *
     * @param glob matched against the whole repository name, without tag and digest
     * @param behaviour what they do
     */
    record Registration(String glob, ImageBehaviour behaviour) {}

    static ImageCatalogue of(List<Registration> registrations) {
        return new ImageCatalogue(registrations.stream()
                .map(one -> new Entry(one.glob(), pattern(one.glob()), one.behaviour()))
                .sorted(Comparator.comparingInt((Entry entry) -> specificity(entry.glob()))
                        .reversed())
                .toList());
    }

    private static Pattern pattern(String glob) {
        return Pattern.compile(
                Arrays.stream(glob.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*")));
    }

    /** An exact name beats every glob, a long glob a short one. */
    private static int specificity(String glob) {
        return glob.contains("*") ? glob.length() : Integer.MAX_VALUE;
    }

    /** Returns what an image does, of several matches the most specific; empty if there is no such image. */
    Optional<ImageBehaviour> find(String image) {
        ImageReference reference = ImageReference.parse(image);
        String name = reference.registry().equals(ImageReference.DEFAULT_REGISTRY)
                ? reference.repository()
                : reference.registry() + "/" + reference.repository();
        return entries.stream()
                .filter(entry -> entry.pattern().matcher(name).matches())
                .map(Entry::behaviour)
                .findFirst();
    }
}
