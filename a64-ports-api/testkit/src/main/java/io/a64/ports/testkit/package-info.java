/** What every port allocator must do, as tests to inherit. */
@NullMarked
package io.a64.ports.testkit;

import org.jspecify.annotations.NullMarked;
