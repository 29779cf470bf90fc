package io.a64.core;

import io.a64.Deadline;
import io.a64.container.spi.ContainerRuntime;
import io.a64.deploy.DeployerBuilder;
import io.a64.deploy.ModuleDeployer;
import io.a64.deploy.spi.ModuleStore;
import io.a64.module.ModuleSpec;
import io.a64.ports.spi.PortAllocator;
import io.a64.proxy.spi.RouteWriter;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * The parts of a deployer under test, and the images it may deploy.
 *
 * @param allocator ports without cooldown
 * @param store records
 * @param runtime containers
 * @param routes routes
 * @param image sets an image that serves HTTP and answers {@code /health}
 * @param brokenImage sets an image whose process ends at once, after a line of output
 * @param unreadyImage sets an image that never answers {@code /health} well
 * @param servesHttp whether the proxy can be asked by HTTP
 */
record World(
        PortAllocator allocator,
        ModuleStore store,
        ContainerRuntime runtime,
        RouteWriter routes,
        UnaryOperator<ModuleSpec.Builder> image,
        UnaryOperator<ModuleSpec.Builder> brokenImage,
        UnaryOperator<ModuleSpec.Builder> unreadyImage,
        boolean servesHttp) {

    DeployerBuilder deployer() {
        return ModuleDeployer.builder()
                .portAllocator(allocator)
                .moduleStore(store)
                .containerRuntime(runtime)
                .routeWriter(routes);
    }

    World with(PortAllocator other) {
        return new World(other, store, runtime, routes, image, brokenImage, unreadyImage, servesHttp);
    }

    World with(ModuleStore other) {
        return new World(allocator, other, runtime, routes, image, brokenImage, unreadyImage, servesHttp);
    }

    World with(ContainerRuntime other) {
        return new World(allocator, store, other, routes, image, brokenImage, unreadyImage, servesHttp);
    }

    World with(RouteWriter other) {
        return new World(allocator, store, runtime, other, image, brokenImage, unreadyImage, servesHttp);
    }

    /** Returns everything that is held, as text that can be compared. */
    List<String> held() {
        Deadline deadline = Deadline.after(Duration.ofSeconds(30));
        return Stream.of(
                        allocator.statistics(deadline).allocations().stream(),
                        store.list(deadline).stream(),
                        runtime.list(deadline).stream(),
                        routes.routes(deadline).stream())
                .flatMap(things -> things)
                .map(Object::toString)
                .toList();
    }
}
