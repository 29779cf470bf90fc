package io.a64.ports.chaos;

/**
 * One line of a history.
 *
 * @param at {@link System#nanoTime}, which all processes of one Linux machine share
 * @param kind what happened
 * @param owner whose claim it happened to
 * @param detail what the kind asks for, without line breaks; may be empty
 */
record HistoryEvent(long at, Kind kind, String owner, String detail) {

    /** What happens to a claim. The words that end in -ING are written before the call, the others after its answer. */
    enum Kind {
        ALLOCATING,
        /** Detail: {@link ClaimText}. */
        ALLOCATED,
        RENEWING,
        /** Detail: what the call returned. */
        RENEWED,
        CONFIRMING,
        /** Detail: what the call returned. */
        CONFIRMED,
        /** The owner's process was killed, and its successor goes on to release what may be bound. */
        RECOVERING,
        /** Detail: the use of the ports. */
        RELEASING,
        /** Detail: what the call returned. */
        RELEASED,
        /** The call failed in a way that a caller has to expect. Detail: why. */
        FAILED,
        /** The call failed in a way that must not happen. Detail: why. */
        BROKEN
    }

    String line() {
        return at + " " + kind + " " + owner + " " + detail.replace('\n', ' ');
    }

    static HistoryEvent parse(String line) {
        String[] words = line.split(" ", 4);
        return new HistoryEvent(Long.parseLong(words[0]), Kind.valueOf(words[1]), words[2], words[3]);
    }

    boolean isYes() {
        return Boolean.parseBoolean(detail);
    }
}
