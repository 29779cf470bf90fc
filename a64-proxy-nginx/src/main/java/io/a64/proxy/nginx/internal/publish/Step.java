package io.a64.proxy.nginx.internal.publish;

/** What a generation goes through. A writer may die after any step; the next one finds a whole tree in force. */
public enum Step {
    /** No other writer is at work. */
    LOCKED,
    /** There is a directory for the generation. */
    BEGUN,
    /** A candidate is written. */
    STAGED,
    /** NGINX has accepted a candidate. */
    TESTED,
    /** What NGINX has accepted survives a crash of the machine. */
    SYNCED,
    /** The generation is the one in force on disk. */
    SWITCHED,
    /** NGINX was told. */
    SIGNALLED,
    /** Former generations are removed. */
    PRUNED,
    /** NGINX serves nothing else. */
    PROVEN,
    /** NGINX did not serve it, and the former one is the one in force on disk. */
    SWITCHED_BACK;

    /** Hears of each step, on the thread that makes it. */
    @FunctionalInterface
    public interface Listener {

        /** Does nothing. */
        Listener NONE = step -> {};

        void reached(Step step);
    }
}
