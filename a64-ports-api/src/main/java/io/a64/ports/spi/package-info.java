/** What a port allocator plugin implements. */
@NullMarked
package io.a64.ports.spi;

import org.jspecify.annotations.NullMarked;
