package io.a64.container.hostports;

/** What a port belongs to. A port of one is free while the other's port of that number is taken. */
public enum Transport {
    TCP,
    UDP
}
