/**
 * What the MongoDB port registry and module store share: opening, deadlines, re-sending, index checks, and the one place
 * where driver errors are translated. For implementations within this library; not for host applications.
 */
@NullMarked
package io.a64.mongo;

import org.jspecify.annotations.NullMarked;
