package io.a64.proxy;

import io.a64.InvalidInputException;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Who may use a route after naming a password (RFC 7617). Only hashes are kept.
 *
 * @param realm what browsers show, 1 to 64 letters, digits and {@code . _ -}, not {@code off}
 * @param users 1 to 1000 users, name to SHA-crypt hash ({@code $5$…} or {@code $6$…}), as {@code openssl passwd -6}
 *     prints it; at most 99999 rounds, because a proxy that computes them serves nobody else meanwhile
 */
public record BasicAuth(String realm, SortedMap<String, String> users) {

    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    /** What a proxy may take for: no questions asked. */
    private static final String NO_REALM = "off";

    private static final Pattern USER = Pattern.compile("[A-Za-z0-9._@-]{1,64}");
    private static final String SALT = "\\$(rounds=[1-9][0-9]{3,4}\\$)?[./0-9A-Za-z]{1,16}\\$[./0-9A-Za-z]";
    private static final Pattern HASH = Pattern.compile("\\$5" + SALT + "{43}|\\$6" + SALT + "{86}");
    private static final int MOST_USERS = 1000;

    public BasicAuth(String realm, Map<String, String> users) {
        this(realm, new TreeMap<>(users));
    }

    public BasicAuth {
        Objects.requireNonNull(realm, "realm");
        if (realm.equals(NO_REALM) || !WORD.matcher(realm).matches()) {
            throw new InvalidInputException(
                    "route.basic_auth.realm", realm, "match " + WORD.pattern() + " and not be " + NO_REALM);
        }
        SortedMap<String, String> byName = new TreeMap<>();
        byName.putAll(users);
        users = Collections.unmodifiableSortedMap(byName);
        if (users.isEmpty() || users.size() > MOST_USERS) {
            throw new InvalidInputException(
                    "route.basic_auth.users", users.size() + " users", "name 1 to " + MOST_USERS + " users");
        }
        users.forEach(BasicAuth::requireUser);
    }

    private static void requireUser(String user, String hash) {
        if (!USER.matcher(user).matches()) {
            throw new InvalidInputException("route.basic_auth.users", user, "name users by " + USER.pattern());
        }
        if (!HASH.matcher(hash).matches()) {
            throw new InvalidInputException(
                    "route.basic_auth.users." + user,
                    "a text of " + hash.length() + " characters",
                    "be a SHA-crypt hash of at most 99999 rounds, as \"openssl passwd -6\" prints it");
        }
    }

    /** Shows no hash. */
    @Override
    public String toString() {
        return "BasicAuth[" + realm + ", users " + users.keySet() + "]";
    }
}
