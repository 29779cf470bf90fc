/** Which replica is asked, and the connection to it. */
@NullMarked
package io.a64.examples.router.internal.upstream;

import org.jspecify.annotations.NullMarked;
