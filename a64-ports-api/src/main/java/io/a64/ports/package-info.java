/** External ports: what is asked for, what is granted, what is left. */
@NullMarked
package io.a64.ports;

import org.jspecify.annotations.NullMarked;
