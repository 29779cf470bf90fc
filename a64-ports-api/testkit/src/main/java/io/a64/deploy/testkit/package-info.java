/** What every store of module records must do, as tests to inherit. */
@NullMarked
package io.a64.deploy.testkit;

import org.jspecify.annotations.NullMarked;
