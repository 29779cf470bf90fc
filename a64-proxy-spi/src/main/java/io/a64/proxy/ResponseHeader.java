package io.a64.proxy;

import io.a64.InvalidInputException;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Which response headers a route may set: whatever could end a line, a word or a quotation is refused, not escaped. */
final class ResponseHeader {

    private static final Set<String> KNOWN = Set.of(
            "access-control-allow-credentials",
            "access-control-allow-headers",
            "access-control-allow-methods",
            "access-control-allow-origin",
            "access-control-expose-headers",
            "access-control-max-age",
            "cache-control",
            "content-security-policy",
            "content-security-policy-report-only",
            "cross-origin-embedder-policy",
            "cross-origin-opener-policy",
            "cross-origin-resource-policy",
            "permissions-policy",
            "referrer-policy",
            "strict-transport-security");
    /** Headers of one's own, except those that the proxy sets itself or obeys. */
    private static final Pattern OWN = Pattern.compile(
            "x-(?!content-type-options$|frame-options$|xss-protection$|accel-|forwarded-|real-ip$|original-)[a-z0-9-]{1,60}");

    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9-]*");
    private static final Pattern VALUE = Pattern.compile("(?=.{1,1024}$)(?! )[\\x20-\\x7e&&[^\"\\\\$]]+(?<! )");

    private ResponseHeader() {}

    static void require(String name, String value) {
        String folded = name.toLowerCase(Locale.ROOT);
        if (!NAME.matcher(name).matches()
                || !(KNOWN.contains(folded) || OWN.matcher(folded).matches())) {
            throw new InvalidInputException(
                    "route.response_headers",
                    name,
                    "name headers out of " + KNOWN.stream().sorted().toList() + " or " + OWN.pattern());
        }
        if (!VALUE.matcher(value).matches()) {
            throw new InvalidInputException(
                    "route.response_headers." + name,
                    value,
                    "be 1 to 1024 printable ASCII characters without \", \\, $ and blanks at its ends");
        }
    }
}
