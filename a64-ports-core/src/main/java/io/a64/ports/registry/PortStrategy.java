package io.a64.ports.registry;

/** Which of the free ports is handed out. */
public enum PortStrategy {
    /** The lowest one, as source system A does: ports stay close together. */
    LOWEST,
    /** Any one: hosts that allocate at the same time seldom meet on a port. */
    SPREAD
}
