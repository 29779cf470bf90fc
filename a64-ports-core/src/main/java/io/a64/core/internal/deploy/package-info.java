/** The engine: deployment as a list of steps, each with its undo. Internal: may change without notice. */
@NullMarked
package io.a64.core.internal.deploy;

import org.jspecify.annotations.NullMarked;
