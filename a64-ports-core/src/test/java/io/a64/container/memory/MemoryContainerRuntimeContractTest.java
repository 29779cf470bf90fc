package io.a64.container.memory;

import io.a64.container.ContainerSpec;
import io.a64.container.spi.ContainerRuntime;
import io.a64.container.testkit.ContainerRuntimeContract;
import io.a64.container.testkit.ForeignContainer;
import java.util.List;

final class MemoryContainerRuntimeContractTest extends ContainerRuntimeContract {

    @Override
    public ContainerRuntime createRuntime() {
        return DemoImages.addTo(InMemoryContainerRuntime.builder()).build();
    }

    @Override
    public boolean looksAtThisMachine() {
        return true;
    }

    @Override
    public String servingImage() {
        return "demo/echo:1.0.0";
    }

    @Override
    public ContainerSpec exitingAtOnce(ContainerSpec spec) {
        return new ContainerSpec(
                spec.module(),
                spec.generation(),
                spec.owner(),
                "demo/broken:1.0.0",
                spec.ports(),
                spec.environment(),
                spec.resources(),
                spec.network());
    }

    @Override
    public int exitCode() {
        return DemoImages.BROKEN_EXIT_CODE;
    }

    @Override
    public List<String> lastWords() {
        return DemoImages.BROKEN_OUTPUT;
    }

    @Override
    public String missingImage() {
        return "localhost:1/a64/missing:1.0.0";
    }

    /** There is no outside of this runtime, so it has to pretend. */
    @Override
    public ForeignContainer foreignContainer(ContainerRuntime runtime, String module) {
        ((InMemoryContainerRuntime) runtime).occupyName(module);
        return new ForeignContainer() {

            @Override
            public boolean isUntouched() {
                return true;
            }

            @Override
            public void close() {
                // ends with the runtime
            }
        };
    }
}
