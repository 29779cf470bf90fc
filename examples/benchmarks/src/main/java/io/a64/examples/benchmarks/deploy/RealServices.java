package io.a64.examples.benchmarks.deploy;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import io.a64.Deadline;
import io.a64.container.docker.DockerContainerRuntime;
import io.a64.container.docker.DockerRuntimeSettings;
import io.a64.deploy.ModuleDeployer;
import io.a64.deploy.mongo.MongoModuleStore;
import io.a64.ports.PortRange;
import io.a64.ports.mongo.MongoPortAllocator;
import io.a64.ports.registry.RegistrySettings;
import io.a64.proxy.nginx.NginxMainConfiguration;
import io.a64.proxy.nginx.NginxRouteWriter;
import io.a64.proxy.nginx.NginxSettings;
import io.a64.test.services.FreePort;
import io.a64.test.services.NginxProcess;
import io.a64.test.services.Service;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.UUID;

/** A deployer on the services of this machine, in a database, a directory and an NGINX of its own. */
final class RealServices implements AutoCloseable {

    static final String IMAGE = Service.DEMO_IMAGE;

    private static final PortRange PORTS = new PortRange(23000, 23099);

    private final Path folder;
    private final int nginxPort;
    private final NginxProcess nginx;
    private final MongoClient client;
    private final MongoDatabase database;
    private final DockerContainerRuntime docker;
    private final NginxRouteWriter routes;
    private final ModuleDeployer deployer;

    private RealServices(Path folder) throws IOException {
        String unique = "a64bench" + UUID.randomUUID().toString().substring(0, 8);
        this.folder = folder;
        nginxPort = FreePort.find();
        NginxSettings settings = NginxSettings.of(folder.resolve("conf.d"))
                .withBinary(Service.nginxBinary().toString())
                .withMainConfiguration(folder.resolve("nginx.conf"))
                .withPrefix(folder)
                .withListen("127.0.0.1:" + nginxPort);
        Files.createDirectories(handWritten());
        String main = NginxMainConfiguration.of(settings).text();
        int location = main.indexOf("        location / {");
        Files.writeString(
                settings.mainConfiguration(),
                main.substring(0, location) + "        include " + handWritten() + "/*.conf;\n"
                        + main.substring(location));
        nginx = NginxProcess.start(folder, settings.mainConfiguration(), nginxPort);
        client = MongoClients.create(Service.mongodbUri());
        database = client.getDatabase(unique);
        docker = DockerContainerRuntime.using(
                DockerRuntimeSettings.defaults().withHost(Service.dockerHost()).withNamePrefix(unique));
        docker.network(Deadline.after(Duration.ofSeconds(30)));
        routes = NginxRouteWriter.using(settings);
        deployer = ModuleDeployer.builder()
                .portAllocator(MongoPortAllocator.using(
                        database, RegistrySettings.defaults().withRange(PORTS).withCooldown(Duration.ZERO)))
                .moduleStore(MongoModuleStore.using(database))
                .containerRuntime(docker)
                .routeWriter(routes)
                .build();
    }

    static RealServices start() throws IOException {
        Path folder = Files.createTempDirectory(
                "a64-bench", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        return new RealServices(folder);
    }

    ModuleDeployer deployer() {
        return deployer;
    }

    long reloads() {
        return routes.reloads();
    }

    /** Where files stand that NGINX includes beside those of the library. */
    Path handWritten() {
        return folder.resolve("by-hand");
    }

    int nginxPort() {
        return nginxPort;
    }

    long nginxPid() {
        return nginx.pid();
    }

    @Override
    public void close() {
        deployer.close();
        docker.close();
        nginx.close();
        database.drop();
        client.close();
    }
}
