package io.a64.proxy.nginx.internal.publish;

/** What a route that is to be tested stands for, in the order of what is kept first. */
enum Standing {
    /** It is served. */
    LIVE,
    /** Somebody waits for it. */
    CHANGED,
    /** NGINX refused it the last time. */
    WITHHELD
}
