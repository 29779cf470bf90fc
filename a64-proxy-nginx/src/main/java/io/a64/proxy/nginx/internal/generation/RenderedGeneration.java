package io.a64.proxy.nginx.internal.generation;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A set of routes as files.
 *
 * @param generation what it says about itself; equal routes, equal digest
 * @param files the text of each file by its path below the generation's directory
 */
public record RenderedGeneration(Generation generation, SortedMap<String, String> files) {

    /** The folder of the files that NGINX's workers read themselves, at each request. */
    public static final String READ_BY_WORKERS = "auth";

    public RenderedGeneration {
        files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
    }

    /** Returns whether it routes nothing. */
    public boolean isEmpty() {
        return generation.routes().isEmpty();
    }

    /** Returns what NGINX answers when it serves this generation. */
    public String id() {
        return generation.id();
    }
}
