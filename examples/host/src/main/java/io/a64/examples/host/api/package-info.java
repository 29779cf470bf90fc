/** The HTTP side of the host: server, routing, authentication, problems. */
@NullMarked
package io.a64.examples.host.api;

import org.jspecify.annotations.NullMarked;
