package io.a64.proxy.nginx.internal.generation;

import java.util.Map;

/** How large NGINX has to make its tables, which by default have room for few and short keys. */
final class HashSize {

    private static final int SMALL = 1000;
    private static final int SMALL_SIZE = 2048;
    /** Above this size NGINX begins its search for a size close to the end, and else with far too small ones. */
    private static final int QUICK_SIZE = 10_001;

    private static final int SPARE = 1000;
    private static final int LEAST_BUCKET = 256;
    /** What NGINX keeps beside a key, and at the end of a bucket. */
    private static final int OVERHEAD = 3 * Long.BYTES + 2;

    private HashSize() {}

    static Map<String, Integer> of(int keys, int longestKey) {
        int bucket = LEAST_BUCKET;
        while (bucket < longestKey + OVERHEAD) {
            bucket *= 2;
        }
        return Map.of("size", keys <= SMALL ? SMALL_SIZE : Math.max(QUICK_SIZE, keys + SPARE), "bucket", bucket);
    }
}
