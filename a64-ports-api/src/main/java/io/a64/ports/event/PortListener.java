package io.a64.ports.event;

/**
 * Is told of {@link PortEvent}s, on the thread of whoever caused them, several at once: must be quick and safe for use
 * by several threads. What it throws is logged and changes nothing.
 */
@FunctionalInterface
public interface PortListener {

    /** Takes an event. */
    void onEvent(PortEvent event);
}
