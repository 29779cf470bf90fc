package io.a64.container.docker;

import io.a64.container.ContainerSpec;
import io.a64.container.spi.ContainerRuntime;
import io.a64.container.testkit.ContainerRuntimeContract;
import io.a64.container.testkit.ForeignContainer;
import io.a64.test.services.RequiresService;
import io.a64.test.services.Service;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

@RequiresService(Service.DOCKER)
final class DockerContainerRuntimeContractTest extends ContainerRuntimeContract {

    private static final String PREFIX = TestDocker.uniqueName();
    private static TestDocker docker;

    @BeforeAll
    static void connect() {
        docker = new TestDocker();
    }

    @AfterAll
    static void removeAll() {
        docker.removeEverythingOf(PREFIX);
        docker.close();
    }

    @Override
    public ContainerRuntime createRuntime() {
        return new DockerContainerRuntime(settings(), TestDocker.notInAContainer(), PREFIX);
    }

    private static DockerRuntimeSettings settings() {
        return DockerRuntimeSettings.defaults().withHost(Service.dockerHost()).withNamePrefix(PREFIX);
    }

    @Override
    public boolean looksAtThisMachine() {
        return settings().isEngineHere();
    }

    @Override
    public String servingImage() {
        return Service.DEMO_IMAGE;
    }

    @Override
    public ContainerSpec exitingAtOnce(ContainerSpec spec) {
        Map<String, String> environment = new HashMap<>(spec.environment());
        environment.put("DEMO_MODE", "exit");
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
        return List.of("demo: told to exit at once");
    }

    @Override
    public String missingImage() {
        return "localhost:1/a64/missing:1.0.0";
    }

    @Override
    public ForeignContainer foreignContainer(ContainerRuntime runtime, String module) {
        return docker.foreignContainer(PREFIX + "-" + module);
    }
}
