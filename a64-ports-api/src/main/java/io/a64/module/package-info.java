/** Modules as data: what a host application wants to run. */
@NullMarked
package io.a64.module;

import org.jspecify.annotations.NullMarked;
