/** Finds the real services that our own tests run against, and says why a test does not run without them. */
@NullMarked
package io.a64.test.services;

import org.jspecify.annotations.NullMarked;
