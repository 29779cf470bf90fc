package io.a64.proxy.nginx.internal.generation;

import java.nio.file.Path;

/**
 * Where a generation has to fit in.
 *
 * @param home the directory of the generations as NGINX sees it
 * @param http what the operator's own configuration says
 */
public record Surroundings(Path home, OperatorHttp http) {

    /** Returns the directory of the generation of this number. */
    Path directory(long number) {
        return home.resolve(Generation.DIRECTORY_PREFIX + number);
    }
}
