/**
 * An HTTP router inside the host's own process: the {@code RouteWriter} for machines without NGINX. Built on
 * Undertow's proxy; routes requests by the same rules as the NGINX writer.
 */
@NullMarked
package io.a64.examples.router;

import org.jspecify.annotations.NullMarked;
