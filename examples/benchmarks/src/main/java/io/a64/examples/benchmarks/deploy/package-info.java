/** How long a deployment takes. Needs MongoDB, Docker and NGINX. */
@NullMarked
package io.a64.examples.benchmarks.deploy;

import org.jspecify.annotations.NullMarked;
