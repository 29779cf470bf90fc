package io.a64.proxy.testkit;

/** What not every proxy can do; see {@link RouteWriterContract#lacking}. */
public enum Capability {
    /** Routes of hosts on public ports. */
    HOST_ROUTES,
    /** Paths that arrive byte for byte. */
    RAW_PATH,
    /** A limit on how often a client may ask. */
    RATE_LIMIT,
    /** A limit on how many requests of a client are under way. */
    CONNECTION_LIMIT,
    /** Asking another module whether a request may pass. */
    AUTH_REQUEST,
    /** Passwords. */
    BASIC_AUTH,
    /** Lists of the addresses that may ask. */
    ADDRESS_LIST,
    /** Headers of the route's own on answers. */
    RESPONSE_HEADERS,
    /** Several upstreams of one route. */
    REPLICAS,
    /** Bodies that pass while they are still being sent. */
    STREAMING,
    /** WebSockets. */
    WEBSOCKETS,
    /** Knowing when the last request of a former route has ended. */
    DRAINING
}
