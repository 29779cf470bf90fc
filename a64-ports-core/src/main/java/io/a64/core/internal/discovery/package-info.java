/** Finds implementations by name. Internal: may change without notice. */
@NullMarked
package io.a64.core.internal.discovery;

import org.jspecify.annotations.NullMarked;
