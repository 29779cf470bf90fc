/** Not for use by others: many waiting changes, one generation, one reload. */
@NullMarked
package io.a64.proxy.nginx.internal.publish;

import org.jspecify.annotations.NullMarked;
