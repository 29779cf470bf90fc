/** How often, and how many at once, one client may ask. */
@NullMarked
package io.a64.examples.router.internal.limit;

import org.jspecify.annotations.NullMarked;
