/** How long a route takes to be live. */
@NullMarked
package io.a64.examples.benchmarks.routes;

import org.jspecify.annotations.NullMarked;
