package io.a64.examples.quickstart;

import io.a64.A64Exception;
import io.a64.Deadline;
import io.a64.InvalidInputException;
import io.a64.deploy.Deployment;
import io.a64.deploy.ModuleDeployer;
import io.a64.deploy.event.DeploymentEvent;
import io.a64.module.Readiness;
import io.a64.probe.HttpProbe;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** Deploys one module or several; {@code --help} tells the options. */
public final class Quickstart {

    private Quickstart() {}

    /** Exits with 0 when all went well, 1 when a deployment failed, 2 when an option is wrong. */
    public static void main(String[] arguments) throws InterruptedException {
        System.setProperty("org.jboss.logging.provider", "slf4j");
        try {
            Options options = Options.parse(List.of(arguments));
            if (options.help()) {
                System.out.println(Options.USAGE);
            } else {
                run(options);
            }
        } catch (InvalidInputException e) {
            System.err.println(e.getMessage() + System.lineSeparator() + Options.USAGE);
            System.exit(2);
        } catch (A64Exception | IOException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }

    private static void run(Options options) throws IOException, InterruptedException {
        try (ModuleDeployer deployer = ModuleDeployer.builder()
                .portAllocator(options.registry())
                .moduleStore(options.registry())
                .containerRuntime(options.runtime())
                .routeWriter(options.routes())
                .settings(options.settings())
                .listener(Quickstart::print)
                .build()) {
            for (String name : options.modules()) {
                Deployment deployment = deployer.module(name)
                        .image(options.image())
                        .port(8080)
                        .pathRoute("/" + name + "/")
                        .readiness(Readiness.http("/health"))
                        .deploy();
                deployment.urls().all().forEach(url -> System.out.println(name + " is live at " + url));
            }
            if (options.once()) {
                askAndUndeploy(deployer, options.modules());
            } else {
                System.out.println("Ctrl-C ends this program");
                new CountDownLatch(1).await();
            }
        }
    }

    private static void askAndUndeploy(ModuleDeployer deployer, List<String> modules) throws IOException {
        for (String name : modules) {
            URI url = deployer.find(name).orElseThrow().urls().all().get(0);
            try {
                HttpProbe.Answer answer =
                        HttpProbe.get(url, Deadline.after(Duration.ofSeconds(10)), Duration.ofSeconds(10));
                System.out.println("GET " + url + " -> " + answer.status() + " "
                        + answer.body().strip());
            } finally {
                System.out.println(deployer.undeploy(name));
            }
        }
    }

    private static void print(DeploymentEvent event) {
        String what = event.getClass().getSimpleName().replaceFirst("^Step", "");
        if (!what.equals("Started")) {
            System.out.printf("%s: %-8s %-6s %s%n", event.module(), event.step().label(), what, event.detail());
        }
    }
}
