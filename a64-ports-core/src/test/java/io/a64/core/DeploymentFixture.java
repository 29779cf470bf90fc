package io.a64.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.a64.Deadline;
import io.a64.deploy.Deployment;
import io.a64.module.ModuleSpec;
import io.a64.module.Readiness;
import io.a64.probe.HttpProbe;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;

/** The parts under test, and the words in which the contract is written. */
abstract class DeploymentFixture {

    static final Duration LIMIT = Duration.ofSeconds(60);

    private World world;

    /** Returns the parts, empty of modules. */
    abstract World newWorld();

    @BeforeEach
    void prepare() {
        world = newWorld();
    }

    final World world() {
        return world;
    }

    static ModuleSpec spec(String name, UnaryOperator<ModuleSpec.Builder> image) {
        return image.apply(ModuleSpec.builder(name))
                .port(8080)
                .readiness(Readiness.http("/health"))
                .spec();
    }

    final void assertReached(Deployment deployment) throws IOException {
        assertThat(get(deployment.urls().direct().get(0)).status()).isEqualTo(200);
        if (world.servesHttp()) {
            HttpProbe.Answer answer =
                    get(deployment.urls().proxy().orElseThrow().resolve("a/b?x=1"));
            assertThat(answer.body())
                    .contains("\"module\":\"" + deployment.module() + "\"", "\"path\":\"/a/b\"", "\"query\":\"x=1\"");
        }
    }

    private static HttpProbe.Answer get(URI uri) throws IOException {
        return HttpProbe.get(uri, Deadline.after(LIMIT), Duration.ofSeconds(10));
    }
}
