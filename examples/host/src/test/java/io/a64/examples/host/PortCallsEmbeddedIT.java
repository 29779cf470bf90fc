package io.a64.examples.host;

import java.util.Map;

/** Ports kept in memory. */
class PortCallsEmbeddedIT extends PortCallsFromOutside {

    @Override
    Map<String, String> registry() {
        return Map.of();
    }
}
