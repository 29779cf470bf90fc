/** Admission policies to choose from. */
@NullMarked
package io.a64.deploy.policy;

import org.jspecify.annotations.NullMarked;
