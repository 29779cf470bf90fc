/** Who may ask: by address, by password, by the word of another module. */
@NullMarked
package io.a64.examples.router.internal.access;

import org.jspecify.annotations.NullMarked;
