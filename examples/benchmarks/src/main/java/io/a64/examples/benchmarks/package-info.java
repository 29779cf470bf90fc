/** Programs that measure. Each prints ratios to a floor that it measures in the same run. */
@NullMarked
package io.a64.examples.benchmarks;

import org.jspecify.annotations.NullMarked;
