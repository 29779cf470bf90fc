package io.a64.container.testkit;

import io.a64.container.ContainerSpec;
import io.a64.container.spi.ContainerRuntime;
import java.util.List;

/** What a runtime under test brings along for its {@link ContainerRuntimeContract}. */
public interface RuntimeFixture {

    /**
     * Makes a runtime; the contract closes it. All runtimes of one fixture see the same containers, or each its own
     * only. Must not see containers that other tests work on at the same time.
     */
    ContainerRuntime createRuntime();

    /**
     * Returns an image that listens on the port in its variable {@code PORT}, answers {@code GET /health} with 200, and
     * every other request with a text in which the values of its variables {@code A64_MODULE}, {@code A64_GENERATION}
     * and {@code A64_IMAGE} stand.
     */
    String servingImage();

    /** Returns the specification changed so that its process exits at once, see the two methods below. */
    ContainerSpec exitingAtOnce(ContainerSpec spec);

    /** Returns the exit code of a process that exits at once. */
    int exitCode();

    /** Returns lines that such a process writes before, in this order, perhaps among others. */
    List<String> lastWords();

    /** Returns a well-formed image reference that does not exist and cannot be fetched. */
    String missingImage();

    /**
     * Makes a container outside the runtime, under the name that the first container of this module would get.
     *
     * @param runtime the runtime under test, for those that have no outside
     */
    ForeignContainer foreignContainer(ContainerRuntime runtime, String module);

    /**
     * Returns whether {@link ContainerRuntime#occupied} looks at the machine that the tests run on. If it does not,
     * the tests of what it has to see are reported as not run.
     */
    default boolean looksAtThisMachine() {
        return false;
    }
}
