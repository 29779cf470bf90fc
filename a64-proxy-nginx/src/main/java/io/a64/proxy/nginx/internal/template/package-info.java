/** Not for use by others: templates become configuration text. */
@NullMarked
package io.a64.proxy.nginx.internal.template;

import org.jspecify.annotations.NullMarked;
