package io.a64.container;

/** Where a container is in its life. */
public enum ContainerState {
    /** Created, never started. */
    CREATED,
    /** Its process runs; says nothing about readiness. */
    RUNNING,
    /** Its process has ended. */
    EXITED,
    /** There is no such container. */
    GONE
}
