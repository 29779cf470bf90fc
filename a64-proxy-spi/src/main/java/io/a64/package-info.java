/** What every part of A64 Ports shares: the root of its exceptions, deadlines, and the rule for names. */
@NullMarked
package io.a64;

import org.jspecify.annotations.NullMarked;
