/** Contracts for implementations of {@link io.a64.container.spi.ContainerRuntime}. */
@NullMarked
package io.a64.container.testkit;

import org.jspecify.annotations.NullMarked;
