package io.a64.examples.host.json;

import static io.a64.examples.host.json.Given.complete;
import static io.a64.examples.host.json.Given.required;

import io.a64.proxy.BasicAuth;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who may use a route after naming a password. Both are required.
 *
 * @param realm what browsers show
 * @param users name to SHA-crypt hash, as {@code openssl passwd -6} prints it
 */
public record BasicAuthBody(
        @Nullable String realm, @Nullable Map<String, @Nullable String> users) {

    BasicAuth rule() {
        return new BasicAuth(
                required("route.basic_auth.realm", realm),
                complete("route.basic_auth.users", required("route.basic_auth.users", users)));
    }
}
