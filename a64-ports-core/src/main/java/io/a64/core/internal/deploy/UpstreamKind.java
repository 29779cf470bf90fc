package io.a64.core.internal.deploy;

import io.a64.spi.InvalidSettingException;
import io.a64.spi.Settings;
import java.util.Locale;

/** Which of a module's two addresses its route leads to. */
enum UpstreamKind {

    /** The external port, published on the runtime's address: for a proxy on the machine that runs the containers. */
    PUBLISHED,

    /** The internal port at the container's own address: for a proxy in a container of the same network. */
    CONTAINER;

    private static final String SETTING = "a64.upstream";

    static UpstreamKind from(Settings settings) {
        return settings.parsed(
                        SETTING,
                        "published, or container",
                        IllegalArgumentException.class,
                        text -> valueOf(text.toUpperCase(Locale.ROOT)))
                .orElse(PUBLISHED);
    }

    /** Returns the refusal of a runtime that cannot serve this kind. */
    static InvalidSettingException noAddress(String runtime) {
        return new InvalidSettingException(
                SETTING, "container", "published, because the runtime " + runtime + " gives no container an address");
    }
}
