/** Requests and messages in great numbers. */
@NullMarked
package io.a64.examples.benchmarks.routes.load;

import org.jspecify.annotations.NullMarked;
