package io.a64.examples.benchmarks.ports;

/** A way to get hold of one port. Safe for use by several threads. */
@FunctionalInterface
interface Subject {

    /** Takes a port. */
    Held take();

    /** A port that is held. */
    @FunctionalInterface
    interface Held {
        /** Gives it back, free at once. */
        void giveBack();
    }

    /** Returns the allocator's way. */
    static Subject ours(Registry registry) {
        return () -> {
            var allocation = registry.allocate(1);
            return () -> registry.release(allocation);
        };
    }
}
