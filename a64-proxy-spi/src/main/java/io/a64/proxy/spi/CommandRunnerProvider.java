package io.a64.proxy.spi;

import io.a64.spi.Settings;

/**
 * Makes a {@link CommandRunner}; found through {@link java.util.ServiceLoader} and chosen by name. Needs a public
 * constructor without parameters, and must load although the driver it uses is missing.
 */
public interface CommandRunnerProvider {

    /** Returns the name under which it is chosen: short, lower case, unique. */
    String name();

    /**
     * Makes a runner. Must not wait for a remote service: one that is down shows when it is used.
     *
     * @param container the container's name or id
     * @throws io.a64.spi.InvalidSettingException if a setting is missing or cannot be used
     */
    CommandRunner create(String container, Settings settings);
}
