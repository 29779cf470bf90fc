package io.a64.proxy;

/** How the requests of a route are spread over its replicas. */
public enum Balancing {
    /** To the replica with the fewest requests under way. */
    LEAST_CONNECTIONS,
    /** Requests of one client address to the same replica, as long as it lives. */
    CLIENT_ADDRESS
}
