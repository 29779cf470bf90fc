package io.a64.container.testkit;

/** A container that was not created through the runtime under test, and that it must leave alone. */
public interface ForeignContainer extends AutoCloseable {

    /** Returns whether it is still as it was made. */
    boolean isUntouched();

    /** Removes it. */
    @Override
    void close();
}
