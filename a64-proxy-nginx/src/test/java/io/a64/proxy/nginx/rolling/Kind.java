package io.a64.proxy.nginx.rolling;

/** What a client does. */
public enum Kind {
    /** Each request over a connection of its own. */
    FRESH("a fresh connection each"),
    /** Requests that take a second, over connections of their own. */
    SLOW("requests of one second"),
    /** Bodies that take a while to send, over connections of their own. */
    UPLOAD("uploads"),
    /** Messages over WebSockets that stay open for two seconds. */
    WEBSOCKET("WebSocket messages"),
    /** Requests over a connection that is kept; if one fails, it has failed. */
    KEPT_STRICT("kept connections, strict"),
    /** The same, but what fails on a connection that has been used is asked again on a new one (RFC 9112, 9.3.1). */
    KEPT_RETRYING("kept connections, retrying");

    private final String text;

    Kind(String text) {
        this.text = text;
    }

    /** Returns what a table calls it. */
    String text() {
        return text;
    }
}
