/** Not for use by others: a set of routes as a set of files. */
@NullMarked
package io.a64.proxy.nginx.internal.generation;

import org.jspecify.annotations.NullMarked;
