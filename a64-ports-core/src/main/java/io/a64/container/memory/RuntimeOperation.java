package io.a64.container.memory;

/** What a test can make fail or hang, see {@link InMemoryContainerRuntime#failNext} and {@code hangNext}. */
public enum RuntimeOperation {
    PING("reach the runtime"),
    NETWORK("find the network of"),
    CREATE("create a container for module"),
    START("start the container"),
    STATUS("look at the container"),
    LOG_TAIL("read the log of the container"),
    REMOVE("remove the container"),
    LIST("list the containers");

    private final String phrase;

    RuntimeOperation(String phrase) {
        this.phrase = phrase;
    }

    String on(String subject) {
        return subject.isEmpty() ? phrase : phrase + " " + subject;
    }
}
