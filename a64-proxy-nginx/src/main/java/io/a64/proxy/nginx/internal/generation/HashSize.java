package io.a64.proxy.nginx.internal.generation;

import java.util.Map;

/** How large NGINX has to make its tables, which by default have room for few and short keys. */
final class HashSize {

    private static final int DEFAULT_SIZE = 2048;
    private static final int DEFAULT_BUCKET = 128;
    /** What NGINX keeps beside a key. */
    private static final int OVERHEAD = 2 * Long.BYTES + 2;

    private HashSize() {}

    static Map<String, Integer> of(int keys, int longestKey) {
        return Map.of(
                "size", powerOfTwo(DEFAULT_SIZE, 2 * keys),
                "bucket", powerOfTwo(DEFAULT_BUCKET, longestKey + OVERHEAD + Long.BYTES));
    }

    private static int powerOfTwo(int least, int atLeast) {
        int size = least;
        while (size < atLeast) {
            size *= 2;
        }
        return size;
    }
}
