package io.a64.proxy.nginx.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import io.a64.InvalidInputException;
import io.a64.proxy.Route;
import io.a64.proxy.RouteOptions;
import io.a64.proxy.Upstream;
import io.a64.proxy.nginx.internal.generation.RenderedGeneration;
import io.a64.test.services.RequiresService;
import io.a64.test.services.Service;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What passed of the hostile values is read by the real NGINX, which has to find what we meant and nothing else. */
@RequiresService(Service.NGINX)
final class RealNginxDumpTest {

    private static final int AT_ONCE = 200;

    @TempDir
    private Path directory;

    @ParameterizedTest
    @EnumSource
    void nginx_takes_all_that_passed_and_reads_no_directive_that_we_did_not_write(Shape shape) throws Exception {
        List<List<Route>> batches = batches();
        for (int i = 0; i < batches.size(); i++) {
            Path prefix = directory.resolve(shape + "-" + i);
            Path home = DumpedConfiguration.home(prefix);
            RenderedGeneration generation = shape.render(batches.get(i), home);

            DumpedConfiguration dumped = DumpedConfiguration.of(prefix, generation);

            assertThat(dumped.accepted()).as(dumped.complaints()).isTrue();
            assertThat(dumped.complaints()).doesNotContain("[warn]");
            assertThat(dumped.files().keySet()).containsExactlyElementsOf(meant(prefix, generation));
            assertThat(foreign(prefix, dumped)).isEmpty();
        }
        System.out.printf(
                "%s: nginx -T of %d routes in %d generations%n",
                shape, batches.stream().mapToInt(List::size).sum(), batches.size());
    }

    private static List<String> foreign(Path prefix, DumpedConfiguration dumped) {
        return dumped.files().entrySet().stream()
                .flatMap(file -> {
                    String block = block(prefix.relativize(file.getKey()).toString());
                    return OurDirectives.foreign(block, Directive.parse(file.getValue())).stream();
                })
                .distinct()
                .toList();
    }

    private static String block(String file) {
        if (file.equals("nginx.conf")) {
            return "";
        }
        return file.endsWith(".map") ? "map" : file.endsWith("current/http.conf") ? "http" : "server";
    }

    /** NGINX names a file as it was included: the two that an operator includes by the link. */
    private static List<Path> meant(Path prefix, RenderedGeneration generation) {
        Path home = DumpedConfiguration.home(prefix);
        Stream<Path> ours = generation.files().keySet().stream()
                .filter(file -> file.endsWith(".conf") || file.endsWith(".map"))
                .map(file ->
                        home.resolve(file.contains("/") ? "gen-1" : "current").resolve(file));
        return Stream.concat(Stream.of(prefix.resolve("nginx.conf")), ours)
                .sorted()
                .toList();
    }

    /** Returns all routes that were accepted, in sets of routes that can stand beside each other. */
    private static List<List<Route>> batches() {
        HostileValues values = new HostileValues(HostileSpecsTest.SEED);
        List<Map<String, Route>> batches = new ArrayList<>();
        for (int i = 0; i < HostileSpecsTest.COUNT; i++) {
            HostileValues.Spec spec = values.next();
            try {
                Route route = apart(spec, i).build();
                batchFor(route, batches).put(route.module(), route);
            } catch (InvalidInputException e) {
                // One more that never gets near a file.
            }
        }
        return batches.stream().map(batch -> List.copyOf(batch.values())).toList();
    }

    /** Gives it a place of its own, unless the place is the attack, so that more of them fit into a generation. */
    private static RawRoute apart(HostileValues.Spec spec, int number) {
        Map<Field, Object> own = new EnumMap<>(Map.of(
                Field.MODULE, "m" + number, Field.PATH, "/p" + number + "/", Field.HOST, "h" + number + ".example"));
        own.keySet().retainAll(spec.route().values().keySet());
        own.keySet().removeAll(spec.chosen());
        return spec.route().with(own);
    }

    private static SortedMap<String, Route> asked() {
        Upstream upstream = new Upstream("127.0.0.1", 9000);
        return new TreeMap<>(
                Map.of("zqauth", Route.onPath("zqauth", 1, "/zqauth/", List.of(upstream), RouteOptions.defaults())));
    }

    private static Map<String, Route> batchFor(Route route, List<Map<String, Route>> batches) {
        return batches.stream()
                .filter(batch -> batch.size() < AT_ONCE && !batch.containsKey(route.module()))
                .filter(batch ->
                        batch.values().stream().noneMatch(other -> other.match().clashesWith(route.match())))
                .findFirst()
                .orElseGet(() -> {
                    batches.add(asked());
                    return batches.get(batches.size() - 1);
                });
    }
}
