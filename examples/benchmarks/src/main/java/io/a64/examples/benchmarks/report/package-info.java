/** How numbers are summed up and printed. */
@NullMarked
package io.a64.examples.benchmarks.report;

import org.jspecify.annotations.NullMarked;
