/**
 * Containers without Docker: an image is a handler in this process that really listens on the published ports. For
 * unit tests of install flows and for machines with nothing installed; needs no third-party library.
 */
@NullMarked
package io.a64.container.memory;

import org.jspecify.annotations.NullMarked;
