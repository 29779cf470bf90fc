package io.a64.examples.host;

import java.util.Map;

/** Routes of the embedded router. */
class RoutesEmbeddedIT extends RoutesFromOutside {

    @Override
    Map<String, String> proxy() {
        return Map.of("A64_ROUTER_PORT", "0");
    }
}
