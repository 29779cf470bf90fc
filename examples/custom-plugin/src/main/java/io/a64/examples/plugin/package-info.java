/**
 * What a plugin author writes: a port allocator and a route writer, both named {@code files}, that keep one text file
 * per port and per route in a directory. Found by {@link java.util.ServiceLoader}, proven by the contract kits.
 */
@NullMarked
package io.a64.examples.plugin;

import org.jspecify.annotations.NullMarked;
