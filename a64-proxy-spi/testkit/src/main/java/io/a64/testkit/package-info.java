/** What all contract kits share: running a contract from inside a test, to see that it catches a fault. */
@NullMarked
package io.a64.testkit;

import org.jspecify.annotations.NullMarked;
