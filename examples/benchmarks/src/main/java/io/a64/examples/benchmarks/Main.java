package io.a64.examples.benchmarks;

import io.a64.examples.benchmarks.deploy.DeployBenchmark;
import io.a64.examples.benchmarks.ports.PortBenchmark;
import io.a64.examples.benchmarks.routes.RoutesBenchmark;
import java.util.Arrays;

/** Runs the benchmark that the first argument names. */
public final class Main {

    private static final String HELP =
            """
            a64-benchmarks.jar deploy             from deploy() to the first answer; needs MongoDB, Docker and NGINX
            a64-benchmarks.jar ports [OPTION...]  the port allocator; needs MongoDB
            %s
            a64-benchmarks.jar routes [OPTION...] routes in NGINX; needs NGINX and wrk
            %s
            The services are those of the tests: A64_TEST_MONGODB_URI, DOCKER_HOST and A64_NGINX_BINARY change them.""".formatted(indented(PortBenchmark.OPTIONS), indented(RoutesBenchmark.OPTIONS));

    private Main() {}

    private static String indented(String options) {
        return options.indent(2).stripTrailing();
    }

    /** Hands the arguments after the first one to the benchmark. */
    public static void main(String[] arguments) throws Exception {
        String name = arguments.length == 0 ? "--help" : arguments[0];
        switch (name) {
            case "deploy" -> DeployBenchmark.main(new String[0]);
            case "ports" -> PortBenchmark.main(Arrays.copyOfRange(arguments, 1, arguments.length));
            case "routes" -> RoutesBenchmark.main(Arrays.copyOfRange(arguments, 1, arguments.length));
            case "--help" -> System.out.println(HELP);
            default -> throw new IllegalArgumentException(name + " is no benchmark; --help lists them");
        }
    }
}
