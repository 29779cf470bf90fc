/** Routes as data. */
@NullMarked
package io.a64.proxy;

import org.jspecify.annotations.NullMarked;
