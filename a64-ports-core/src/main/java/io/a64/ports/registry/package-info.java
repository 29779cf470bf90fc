/**
 * The algorithm by which ports are handed out, written once above a narrow store. Memory and MongoDB implement {@link
 * io.a64.ports.registry.PortStore}; host applications use their allocators, not this package.
 */
@NullMarked
package io.a64.ports.registry;

import org.jspecify.annotations.NullMarked;
