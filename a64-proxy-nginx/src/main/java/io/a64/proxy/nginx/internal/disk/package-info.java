/** Not for use by others: generations in the configuration directory. */
@NullMarked
package io.a64.proxy.nginx.internal.disk;

import org.jspecify.annotations.NullMarked;
