/** What routes in NGINX cost, against a configuration written by hand. */
@NullMarked
package io.a64.examples.benchmarks.routes;

import org.jspecify.annotations.NullMarked;
