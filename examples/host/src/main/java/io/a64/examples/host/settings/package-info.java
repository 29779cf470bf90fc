/** The host's environment variables, and what the library gets of them. */
@NullMarked
package io.a64.examples.host.settings;

import org.jspecify.annotations.NullMarked;
