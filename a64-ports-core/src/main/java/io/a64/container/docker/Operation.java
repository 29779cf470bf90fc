package io.a64.container.docker;

/** What is asked of the engine, as a phrase for messages. The same answer means different things for different ones. */
enum Operation {
    PING("reach"),
    FIND_NETWORK("find the network"),
    PULL("fetch the image"),
    CREATE("create the container"),
    START("start the container"),
    INSPECT("look at the container"),
    READ_LOG("read the log of the container"),
    REMOVE("remove the container"),
    EXECUTE("run a command in the container"),
    LIST("list the containers");

    private final String phrase;

    Operation(String phrase) {
        this.phrase = phrase;
    }

    String phrase() {
        return phrase;
    }
}
