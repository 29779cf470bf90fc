package io.a64.proxy.nginx.internal.generation;

/**
 * How many idle connections each worker keeps to the modules: all together no more than half of those it may have at
 * all, because what is idle would be missing for clients.
 *
 * @param own for each group of a module's own
 * @param pooled for each group that modules share
 */
record KeepAlive(int own, int pooled) {

    private static final int MOST = 16;
    /** A shared group stands for many modules. */
    private static final int SHARED = 4;

    private static final int MOST_SHARED = 32;

    static KeepAlive of(int workerConnections, int ownGroups, int sharedGroups) {
        int share = workerConnections / 2 / Math.max(1, ownGroups + SHARED * sharedGroups);
        int each = Math.min(MOST, share);
        return new KeepAlive(each, Math.min(MOST_SHARED, SHARED * each));
    }
}
