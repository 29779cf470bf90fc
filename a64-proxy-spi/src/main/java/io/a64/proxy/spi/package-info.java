/** What a proxy plugin implements. */
@NullMarked
package io.a64.proxy.spi;

import org.jspecify.annotations.NullMarked;
