/** Which route a request takes, and how long requests of a route are under way. */
@NullMarked
package io.a64.examples.router.internal.routing;

import org.jspecify.annotations.NullMarked;
