/** How implementations are named, found and configured. */
@NullMarked
package io.a64.spi;

import org.jspecify.annotations.NullMarked;
