package io.a64.core;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import io.a64.Deadline;
import io.a64.container.docker.DockerContainerRuntime;
import io.a64.container.docker.DockerRuntimeSettings;
import io.a64.deploy.mongo.MongoModuleStore;
import io.a64.ports.PortRange;
import io.a64.ports.mongo.MongoPortAllocator;
import io.a64.ports.registry.RegistrySettings;
import io.a64.proxy.nginx.NginxMainConfiguration;
import io.a64.proxy.nginx.NginxRouteWriter;
import io.a64.proxy.nginx.NginxSettings;
import io.a64.test.services.FreePort;
import io.a64.test.services.NginxProcess;
import io.a64.test.services.RequiresService;
import io.a64.test.services.Service;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

@RequiresService({Service.MONGODB, Service.DOCKER, Service.NGINX})
final class RealDeploymentContractTest extends DeploymentContract {

    /** Away from the ports that other tests and the default range use. */
    private static final PortRange RANGE = new PortRange(21000, 21099);

    @TempDir
    private Path prefix;

    private MongoClient client;
    private MongoDatabase database;
    private DockerContainerRuntime docker;
    private NginxProcess nginx;

    @Override
    World newWorld() {
        String unique = UUID.randomUUID().toString().substring(0, 8);
        client = MongoClients.create(Service.mongodbUri());
        database = client.getDatabase("a64_deployment_" + unique);
        docker = DockerContainerRuntime.using(
                DockerRuntimeSettings.defaults().withHost(Service.dockerHost()).withNamePrefix("a64t" + unique));
        RegistrySettings ports = RegistrySettings.defaults().withRange(RANGE).withCooldown(Duration.ZERO);
        return new World(
                MongoPortAllocator.using(database, ports),
                MongoModuleStore.using(database),
                docker,
                startNginx(),
                module -> module.image(Service.DEMO_IMAGE),
                module -> module.image(Service.DEMO_IMAGE).environment("DEMO_MODE", "exit"),
                module -> module.image(Service.DEMO_IMAGE).environment("DEMO_MODE", "unready"),
                true);
    }

    private NginxRouteWriter startNginx() {
        int port = FreePort.find();
        NginxSettings settings = NginxSettings.of(prefix.resolve("conf.d"))
                .withBinary(Service.nginxBinary().toString())
                .withMainConfiguration(prefix.resolve("nginx.conf"))
                .withPrefix(prefix)
                .withListen("127.0.0.1:" + port);
        try {
            Files.writeString(
                    prefix.resolve("nginx.conf"),
                    NginxMainConfiguration.of(settings).text());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        nginx = NginxProcess.start(prefix, prefix.resolve("nginx.conf"), port);
        return NginxRouteWriter.using(settings);
    }

    @AfterEach
    void giveEverythingBack() {
        Deadline deadline = Deadline.after(Duration.ofSeconds(60));
        docker.list(deadline).forEach(container -> docker.remove(container.id(), Duration.ZERO, deadline));
        docker.close();
        nginx.close();
        database.drop();
        client.close();
    }
}
