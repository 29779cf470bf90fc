/** The two NGINX that are compared, the one that plays all modules, and what the system knows about their processes. */
@NullMarked
package io.a64.examples.benchmarks.routes.front;

import org.jspecify.annotations.NullMarked;
