/** Counts what a build has tested, contract by contract, and what it has not. */
@NullMarked
package io.a64.census;

import org.jspecify.annotations.NullMarked;
