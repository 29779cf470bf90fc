package io.a64.proxy.nginx.internal.generation;

import java.util.List;

/**
 * Why a route is left out of a generation although nobody has removed it.
 *
 * @param reason what NGINX has against it
 * @param evidence the lines of NGINX that say so
 */
public record Withheld(String reason, List<String> evidence) {

    public Withheld {
        evidence = List.copyOf(evidence);
    }
}
