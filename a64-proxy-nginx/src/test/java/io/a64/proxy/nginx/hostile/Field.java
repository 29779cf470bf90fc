package io.a64.proxy.nginx.hostile;

import io.a64.proxy.AddressRange;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** A value of a route that somebody else chooses. */
enum Field {
    MODULE("module_name", "zqmodule"),
    GENERATION("generation", 7_310_001),
    PATH("route.path", "/zqpath/"),
    HOST("route.host", "zqhost.example"),
    PORT("route.port", 47_311),
    HOST_PATH("route.path", "/zqbelow/"),
    ADDRESS("upstream.address", "127.91.92.93"),
    UPSTREAM_PORT("upstream.port", 47_312),
    MAX_BODY("route.max_body", 7_310_002),
    READ_TIMEOUT_MILLIS("route.read_timeout_seconds", 73_104_567),
    RATE("route.rate_limit.requests_per_second", 73_105),
    BURST("route.rate_limit.burst", 73_106),
    CONNECTIONS("route.connection_limit", 47_313),
    AUTH_REQUEST("route.auth_request", "/zqauth/check"),
    REALM("route.basic_auth.realm", "zqrealm"),
    USER("route.basic_auth.users", "zquser"),
    HASH("route.basic_auth.users.", "$6$zqsalt$" + "zq".repeat(43)),
    RANGE("address range", "10.91.92.0/24"),
    HEADER_NAME("route.response_headers", "X-Zq-Header"),
    HEADER_VALUE("route.response_headers.", "zq header value");

    /** What a map does not take for a key. */
    static final Set<String> SPECIAL_KEYS = Set.of("default", "include", "hostnames", "volatile");

    private final String document;
    private final String harmless;
    private final boolean isText;

    Field(String document, String harmless) {
        this.document = document;
        this.harmless = harmless;
        this.isText = true;
    }

    Field(String document, long harmless) {
        this.document = document;
        this.harmless = Long.toString(harmless);
        this.isText = false;
    }

    /** Returns a value that nobody refuses and that is found again wherever it is written. */
    Object harmless() {
        return isText ? harmless : Long.valueOf(harmless);
    }

    /** Returns whether an {@link io.a64.InvalidInputException} about this name speaks of this field. */
    boolean isNamedBy(String field) {
        return document.endsWith(".") ? field.startsWith(document) : field.equals(document);
    }

    boolean isText() {
        return isText;
    }

    /** Returns what may be written for an accepted value, and nothing else may. */
    Set<String> forms(Object value) {
        String text = value.toString();
        return switch (this) {
            case PATH, HOST_PATH -> pathForms(text);
            case ADDRESS -> Set.of(text, "[" + text + "]");
            case AUTH_REQUEST -> authRequestForms(text);
            case RANGE -> Set.of(AddressRange.parse(text).text());
            case HEADER_NAME -> headerNameForms(text);
            // The escape that maps have for their own words.
            case MODULE, HOST -> SPECIAL_KEYS.contains(text) ? Set.of(text, "\\" + text) : Set.of(text);
            default -> Set.of(text);
        };
    }

    private static Set<String> pathForms(String path) {
        if (path.equals("/")) {
            return Set.of(path);
        }
        String bare = path.replaceFirst("/\\z", "");
        String name = bare.replaceFirst("^/", "");
        return Set.copyOf(List.of(path, bare, name, bare.replace(".", "[.]"), name.replace(".", "[.]")));
    }

    /** The holder of the path is asked for what stands behind its own. */
    private static Set<String> authRequestForms(String path) {
        int end = path.indexOf('/', 1);
        return end < 0 ? Set.of(path) : Set.of(path, path.substring(0, end), path.substring(end));
    }

    private static Set<String> headerNameForms(String name) {
        String folded = name.toLowerCase(Locale.ROOT);
        return Set.copyOf(List.of(name, folded, folded.replace('-', '_')));
    }
}
