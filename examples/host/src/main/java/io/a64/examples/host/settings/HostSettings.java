package io.a64.examples.host.settings;

import static io.a64.examples.host.settings.Variable.A64_ALLOWED_REGISTRIES;
import static io.a64.examples.host.settings.Variable.A64_API_TOKEN;
import static io.a64.examples.host.settings.Variable.A64_DOCKER_HOST;
import static io.a64.examples.host.settings.Variable.A64_HTTP_BIND;
import static io.a64.examples.host.settings.Variable.A64_HTTP_PORT;
import static io.a64.examples.host.settings.Variable.A64_LICENSE_PUBLIC_KEY;
import static io.a64.examples.host.settings.Variable.A64_MONGODB_URI;
import static io.a64.examples.host.settings.Variable.A64_NGINX_CONFIG_DIR;
import static io.a64.examples.host.settings.Variable.A64_NGINX_LISTEN;
import static io.a64.examples.host.settings.Variable.A64_PROXY_URL;

import io.a64.deploy.policy.LicensePolicy;
import java.net.URI;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What the host is told by its variables, all of it checked.
 *
 * @param bind the address of the API as it was given
 * @param port the port of the API; 0 is any free one
 * @param token what callers of the API show; empty = generate one
 * @param registry the name of allocator and record store
 * @param runtime the name of the container runtime
 * @param routes the name of the route writer
 * @param library settings for these three
 * @param proxyUrl what clients put before a route; empty = what the route writer says
 * @param registries where images may come from
 * @param licenseKey whose licences pass; empty = none is needed
 */
public record HostSettings(
        String bind,
        int port,
        Optional<String> token,
        String registry,
        String runtime,
        String routes,
        Map<String, String> library,
        Optional<URI> proxyUrl,
        List<String> registries,
        Optional<PublicKey> licenseKey) {

    public HostSettings {
        library = Map.copyOf(library);
        registries = List.copyOf(registries);
    }

    /**
     * Reads the variables; a blank one counts as unset, others than ours are ignored.
     *
     * @throws SettingsException if one cannot be used
     */
    public static HostSettings of(Map<String, String> environment) {
        Map<Variable, String> values = new EnumMap<>(Variable.class);
        List<String> problems = new ArrayList<>();
        for (Variable variable : Variable.values()) {
            given(environment, variable).or(variable::fallback).ifPresent(value -> {
                values.put(variable, value);
                if (!variable.accepts(value)) {
                    problems.add(variable.refusal(value));
                }
            });
        }
        if (!problems.isEmpty()) {
            throw SettingsException.of(problems);
        }
        return new Values(values).settings();
    }

    private static Optional<String> given(Map<String, String> environment, Variable variable) {
        return Optional.ofNullable(environment.get(variable.name()))
                .map(String::trim)
                .filter(value -> !value.isEmpty());
    }

    /** Returns the help text on the variables. */
    public static String help() {
        return Arrays.stream(Variable.values()).map(Variable::help).collect(Collectors.joining(System.lineSeparator()));
    }

    /** Hides the token and whatever the connection strings hold. */
    @Override
    public String toString() {
        return "HostSettings[" + bind + ":" + port + ", " + registry + ", " + runtime + ", " + routes + "]";
    }

    /** Values that all have passed their checks. */
    private record Values(Map<Variable, String> values) {

        HostSettings settings() {
            boolean nginx = values.containsKey(A64_NGINX_CONFIG_DIR);
            return new HostSettings(
                    text(A64_HTTP_BIND).orElseThrow(),
                    Integer.parseInt(text(A64_HTTP_PORT).orElseThrow()),
                    text(A64_API_TOKEN),
                    values.containsKey(A64_MONGODB_URI) ? "mongodb" : "memory",
                    values.containsKey(A64_DOCKER_HOST) ? "docker" : "memory",
                    nginx ? "nginx" : "embedded",
                    library(),
                    text(A64_PROXY_URL)
                            .or(() -> nginx ? listen().map(Listen::url) : Optional.empty())
                            .map(URI::create),
                    text(A64_ALLOWED_REGISTRIES).stream()
                            .flatMap(list -> Arrays.stream(list.split(",", -1)))
                            .map(String::trim)
                            .toList(),
                    text(A64_LICENSE_PUBLIC_KEY).map(LicensePolicy::publicKey));
        }

        private Optional<String> text(Variable variable) {
            return Optional.ofNullable(values.get(variable));
        }

        private Optional<Listen> listen() {
            return text(A64_NGINX_LISTEN).flatMap(Listen::parse);
        }

        private Map<String, String> library() {
            Map<String, String> settings = new HashMap<>();
            values.forEach((variable, value) -> variable.setting().ifPresent(name -> settings.put(name, value)));
            listen().map(Listen::text).ifPresent(listen -> settings.put("a64.nginx.listen", listen));
            return settings;
        }
    }
}
