/** One request: where it leads, which route it takes, and the router's own answers to it. */
@NullMarked
package io.a64.examples.router.internal.request;

import org.jspecify.annotations.NullMarked;
