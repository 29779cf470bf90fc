package io.a64.examples.benchmarks.deploy;

import io.a64.Deadline;
import io.a64.deploy.Deployment;
import io.a64.deploy.ModuleDeployer;
import io.a64.module.Readiness;
import io.a64.probe.HttpProbe;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * How long it takes from {@code deploy()} to the first answer through NGINX, against the least that can be done: a
 * bare Docker create and start, a route written by hand, one reload. Then twenty modules at once.
 */
public final class DeployBenchmark {

    private static final int PAIRS = 15;
    private static final int CROWD = 20;
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private DeployBenchmark() {}

    /** Runs it against the services that the tests use. */
    public static void main(String[] arguments) throws Exception {
        try (RealServices services = RealServices.start();
                Floor floor = new Floor(services)) {
            ModuleDeployer deployer = services.deployer();
            pair(deployer, floor, 0);
            Pairs pairs = new Pairs();
            for (int i = 1; i <= PAIRS; i++) {
                pair(deployer, floor, i, pairs);
            }
            System.out.println(pairs.table("deploy() to 200 through NGINX"));
            crowd(services, deployer);
        }
    }

    /** The first of both warms up and is not counted. */
    private static void pair(ModuleDeployer deployer, Floor floor, int number) throws Exception {
        pair(deployer, floor, number, new Pairs());
    }

    private static void pair(ModuleDeployer deployer, Floor floor, int number, Pairs pairs) throws Exception {
        String name = "pair-" + number;
        Duration floorTime = floor.deploy(name);
        Duration ourTime = ours(deployer, name);
        pairs.add(floorTime, ourTime);
        floor.undeploy();
        deployer.undeploy(name);
    }

    private static Duration ours(ModuleDeployer deployer, String name) throws IOException {
        long start = System.nanoTime();
        Deployment deployment = deploy(deployer, name);
        requireAnswer(deployment.urls().proxy().orElseThrow().resolve("health"));
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private static Deployment deploy(ModuleDeployer deployer, String name) {
        return deployer.module(name)
                .image(RealServices.IMAGE)
                .port(8080)
                .readiness(Readiness.http("/health"))
                .timeout(LIMIT)
                .deploy();
    }

    private static void requireAnswer(URI uri) throws IOException {
        int status = HttpProbe.get(uri, Deadline.after(LIMIT), LIMIT).status();
        if (status != 200) {
            throw new IllegalStateException(uri + " answers " + status);
        }
    }

    private static void crowd(RealServices services, ModuleDeployer deployer) throws IOException {
        ExecutorService threads = Executors.newFixedThreadPool(CROWD);
        try {
            long reloads = services.reloads();
            long start = System.nanoTime();
            List<CompletableFuture<Deployment>> futures = new ArrayList<>();
            for (int i = 0; i < CROWD; i++) {
                String name = "crowd-" + i;
                futures.add(CompletableFuture.supplyAsync(() -> deploy(deployer, name), threads));
            }
            List<Deployment> deployments =
                    futures.stream().map(CompletableFuture::join).toList();
            long millis = Duration.ofNanos(System.nanoTime() - start).toMillis();
            for (Deployment deployment : deployments) {
                requireAnswer(deployment.urls().proxy().orElseThrow().resolve("health"));
            }
            long ports = deployments.stream()
                    .flatMap(each -> each.ports().values().stream())
                    .distinct()
                    .count();
            System.out.printf(
                    "%d modules from %d threads: %d distinct ports, %d live routes, %d reloads, %d ms%n",
                    CROWD, CROWD, ports, deployments.size(), services.reloads() - reloads, millis);
            deployments.forEach(each -> deployer.undeploy(each.module()));
        } finally {
            threads.shutdown();
        }
    }
}
