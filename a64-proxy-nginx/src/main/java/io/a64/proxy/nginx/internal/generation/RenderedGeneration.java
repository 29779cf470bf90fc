package io.a64.proxy.nginx.internal.generation;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * A set of routes as files.
 *
 * @param generation what it says about itself; equal routes, equal digest
 * @param files the text of each file by its path below the generation's directory
 * @param notes what to show an operator of a module whose configuration is not in a file of its own, by module; NGINX
 *     does not read it
 */
public record RenderedGeneration(
        Generation generation, SortedMap<String, String> files, SortedMap<String, Supplier<String>> notes) {

    /** The folder in which an operator looks for modules. */
    public static final String MODULES = "modules";

    /** Where it leads if there are notes: to a folder that all generations share, beside their own. */
    public static final String NOTES = "../modules";

    /** The folder of the files that NGINX's workers read themselves, at each request. */
    public static final String READ_BY_WORKERS = "auth";

    public RenderedGeneration {
        files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
        notes = Collections.unmodifiableSortedMap(new TreeMap<>(notes));
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
