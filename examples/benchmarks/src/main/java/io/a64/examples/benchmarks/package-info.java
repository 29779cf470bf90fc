/** Timed harnesses; each prints a ratio to a floor that it measures in the same run. Need the real services. */
@NullMarked
package io.a64.examples.benchmarks;

import org.jspecify.annotations.NullMarked;
