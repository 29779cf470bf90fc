/** Routes without a proxy, for unit tests of install flows. */
@NullMarked
package io.a64.proxy.memory;

import org.jspecify.annotations.NullMarked;
