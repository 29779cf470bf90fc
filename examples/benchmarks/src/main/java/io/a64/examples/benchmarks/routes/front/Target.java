package io.a64.examples.benchmarks.routes.front;

/**
 * What a client asks for.
 *
 * @param host the host name, without port
 * @param path the path
 */
public record Target(String host, String path) {}
