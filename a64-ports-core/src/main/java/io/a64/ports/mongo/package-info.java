/** A port allocator on MongoDB: collection {@code port_registry}, readable for the queries of source system A. */
@NullMarked
package io.a64.ports.mongo;

import org.jspecify.annotations.NullMarked;
