/** What a container runtime plugin implements. */
@NullMarked
package io.a64.container.spi;

import org.jspecify.annotations.NullMarked;
