package io.a64.container;

import io.a64.InvalidInputException;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A parsed image reference, {@code [registry/]repository[:tag][@digest]}, by the grammar of the Distribution project
 * (package {@code reference}) that Docker uses.
 *
 * @param registry the registry host with its port if given; Docker's default is made explicit
 * @param repository the path within the registry, lower case
 * @param tag the tag if given
 * @param digest the digest if given, such as {@code sha256:…}
 */
public record ImageReference(String registry, String repository, Optional<String> tag, Optional<String> digest) {

    /** The registry meant by a reference that names none. */
    public static final String DEFAULT_REGISTRY = "docker.io";

    private static final String COMPONENT = "[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*";
    private static final String HOST_LABEL = "(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])";
    private static final Pattern REFERENCE = Pattern.compile("(?:(?<host>" + HOST_LABEL + "(?:\\." + HOST_LABEL
            + ")*(?::[0-9]{1,5})?)/)?(?<path>" + COMPONENT + "(?:/" + COMPONENT
            + ")*)(?::(?<tag>[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}))?"
            + "(?:@(?<digest>sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128}))?");
    private static final int LONGEST_NAME = 255;

    /**
     * Parses a reference.
     *
     * @throws InvalidInputException naming {@code docker_image} if it is none
     */
    public static ImageReference parse(String text) {
        Objects.requireNonNull(text, "docker_image");
        if (text.length() > 2 * LONGEST_NAME) {
            throw malformed(text);
        }
        Matcher matcher = REFERENCE.matcher(text);
        if (!matcher.matches()) {
            throw malformed(text);
        }
        String host = matcher.group("host");
        String path = matcher.group("path");
        boolean namesRegistry = host != null && (host.contains(".") || host.contains(":") || host.equals("localhost"));
        if (host != null && !namesRegistry && !host.matches(COMPONENT)) {
            throw malformed(text);
        }
        String registry = namesRegistry ? host : DEFAULT_REGISTRY;
        String repository = host == null || namesRegistry ? path : host + "/" + path;
        if (registry.length() + 1 + repository.length() > LONGEST_NAME) {
            throw malformed(text);
        }
        return new ImageReference(
                registry,
                repository,
                Optional.ofNullable(matcher.group("tag")),
                Optional.ofNullable(matcher.group("digest")));
    }

    private static InvalidInputException malformed(String text) {
        return new InvalidInputException(
                "docker_image",
                text,
                "be an image reference [registry/]repository[:tag][@digest], lower case, at most 255 characters");
    }
}
