/** The shortest host application: deploys modules and shows what happens. */
@NullMarked
package io.a64.examples.quickstart;

import org.jspecify.annotations.NullMarked;
