/** Containers as data: what to run, what runs, and what went wrong. */
@NullMarked
package io.a64.container;

import org.jspecify.annotations.NullMarked;
