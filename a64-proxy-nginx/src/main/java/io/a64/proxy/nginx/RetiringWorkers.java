package io.a64.proxy.nginx;

import java.util.OptionalLong;

/**
 * NGINX's workers of former generations that only finish what they have begun.
 *
 * @param count how many there are
 * @param memoryBytes what they take together, counted as PSS, as far as the system lets it be read; empty if not at all
 */
public record RetiringWorkers(int count, OptionalLong memoryBytes) {}
