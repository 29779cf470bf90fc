/**
 * Containers on a Docker engine, through docker-java. No type of docker-java shows in anything public here.
 *
 * <p>Every call to the engine runs on a worker thread and is interrupted at its deadline, because docker-java's own
 * time-outs do nothing on a unix socket.
 */
@NullMarked
package io.a64.container.docker;

import org.jspecify.annotations.NullMarked;
