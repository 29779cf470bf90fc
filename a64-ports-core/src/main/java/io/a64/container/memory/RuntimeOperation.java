package io.a64.container.memory;

/** What a test can make fail or hang, see {@link InMemoryContainerRuntime#failNext} and {@code hangNext}. */
public enum RuntimeOperation {
    PING,
    NETWORK,
    CREATE,
    START,
    STATUS,
    LOG_TAIL,
    REMOVE,
    LIST
}
