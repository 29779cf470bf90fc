/** The way of a request to its module, and of the answer back. */
@NullMarked
package io.a64.examples.router.internal.forward;

import org.jspecify.annotations.NullMarked;
