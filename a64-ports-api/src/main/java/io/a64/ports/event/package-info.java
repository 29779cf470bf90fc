/** What a host application can learn about ports while they are handed out. */
@NullMarked
package io.a64.ports.event;

import org.jspecify.annotations.NullMarked;
