package io.a64.proxy.nginx.internal.generation;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an operator's own configuration says that ours has to fit to.
 *
 * @param workerConnections how many connections a worker may have
 * @param sizesMaps whether it says itself how large the tables of maps are, which can be said only once
 * @param sizesNames the same for the tables of server names
 */
public record OperatorHttp(int workerConnections, boolean sizesMaps, boolean sizesNames) {

    private static final int NGINX_DEFAULT = 512;
    private static final Pattern CONNECTIONS =
            Pattern.compile("(?m)^[^#\\n]*\\bworker_connections\\s+([0-9]{1,7})\\s*;");

    /** Returns what the text of a main configuration says. */
    public static OperatorHttp of(String mainConfiguration) {
        Matcher connections = CONNECTIONS.matcher(mainConfiguration);
        return new OperatorHttp(
                connections.find() ? Integer.parseInt(connections.group(1)) : NGINX_DEFAULT,
                says("map_hash_(?:max|bucket)_size", mainConfiguration),
                says("server_names_hash_(?:max|bucket)_size", mainConfiguration));
    }

    private static boolean says(String directive, String text) {
        return Pattern.compile("(?m)^[^#\\n]*\\b" + directive + "\\s")
                .matcher(text)
                .find();
    }
}
