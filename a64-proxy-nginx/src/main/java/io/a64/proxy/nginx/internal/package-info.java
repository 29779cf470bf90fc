/** Not for use by others: what the rooms below share. */
@NullMarked
package io.a64.proxy.nginx.internal;

import org.jspecify.annotations.NullMarked;
