/** Module records that live in this JVM, for tests and for hosts without a database. Needs no other library. */
@NullMarked
package io.a64.deploy.memory;

import org.jspecify.annotations.NullMarked;
