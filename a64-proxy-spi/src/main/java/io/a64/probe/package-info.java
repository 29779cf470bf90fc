/** One HTTP request on a fresh connection, for readiness and for proof that a route is live. */
@NullMarked
package io.a64.probe;

import org.jspecify.annotations.NullMarked;
