/** The JSON that the host reads and writes, field by field as its clients see it. */
@NullMarked
package io.a64.examples.host.json;

import org.jspecify.annotations.NullMarked;
