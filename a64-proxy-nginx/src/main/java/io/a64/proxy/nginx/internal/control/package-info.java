/** Not for use by others: the running NGINX. */
@NullMarked
package io.a64.proxy.nginx.internal.control;

import org.jspecify.annotations.NullMarked;
