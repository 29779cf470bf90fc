package io.a64.container.testkit;

import io.a64.container.ContainerSpec;
import io.a64.container.spi.ContainerRuntime;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The reference runtime as a fixture. */
abstract class ReferenceFixture extends ContainerRuntimeContract {

    private final Set<Fault> faults;

    ReferenceFixture(Fault... faults) {
        this.faults = Set.of(faults);
    }

    @Override
    protected Duration patience() {
        return Duration.ofSeconds(1);
    }

    @Override
    public boolean looksAtThisMachine() {
        return true;
    }

    @Override
    public ContainerRuntime createRuntime() {
        return new ReferenceRuntime(faults);
    }

    @Override
    public String servingImage() {
        return ReferenceRuntime.IMAGE;
    }

    @Override
    public ContainerSpec exitingAtOnce(ContainerSpec spec) {
        Map<String, String> environment = new HashMap<>(spec.environment());
        environment.put("EXIT", "0");
        return new ContainerSpec(
                spec.module(),
                spec.generation(),
                spec.owner(),
                spec.image(),
                spec.ports(),
                environment,
                spec.resources(),
                spec.network());
    }

    @Override
    public int exitCode() {
        return 0;
    }

    @Override
    public List<String> lastWords() {
        return List.of(ReferenceContainer.LAST_WORDS);
    }

    @Override
    public String missingImage() {
        return "missing";
    }

    @Override
    public ForeignContainer foreignContainer(ContainerRuntime runtime, String module) {
        Set<String> foreign = ((ReferenceRuntime) runtime).foreignModules();
        foreign.add(module);
        return new ForeignContainer() {

            @Override
            public boolean isUntouched() {
                return foreign.contains(module);
            }

            @Override
            public void close() {
                foreign.remove(module);
            }
        };
    }
}
