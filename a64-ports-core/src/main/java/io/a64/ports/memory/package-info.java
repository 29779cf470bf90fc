/** A port allocator that lives in this JVM, for tests and for hosts without a database. Needs no other library. */
@NullMarked
package io.a64.ports.memory;

import org.jspecify.annotations.NullMarked;
