/** A platform's back end on the library: an HTTP API whose every call is one call of {@code ModuleDeployer}. */
@NullMarked
package io.a64.examples.host;

import org.jspecify.annotations.NullMarked;
