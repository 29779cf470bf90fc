/** The engine's entry, found by {@code ModuleDeployer.builder()}. */
@NullMarked
package io.a64.core;

import org.jspecify.annotations.NullMarked;
