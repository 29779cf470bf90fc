package io.a64.proxy.nginx.internal.generation;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A set of routes as files.
 *
 * @param number the place in the order of generations
 * @param digest stands for the content: equal routes, equal digest
 * @param files the text of each file by its path below the generation's directory
 */
public record RenderedGeneration(long number, String digest, SortedMap<String, String> files) {

    public RenderedGeneration {
        files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
    }

    /** Returns whether it routes nothing. */
    public boolean isEmpty() {
        return files.keySet().stream().noneMatch(file -> file.startsWith("modules/"));
    }

    /** Returns what NGINX answers when it serves this generation. */
    public String id() {
        return number + "-" + digest;
    }
}
