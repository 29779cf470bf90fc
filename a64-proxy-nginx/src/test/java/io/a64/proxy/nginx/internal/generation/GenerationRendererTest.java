package io.a64.proxy.nginx.internal.generation;

import static org.assertj.core.api.Assertions.assertThat;

import io.a64.proxy.AddressRange;
import io.a64.proxy.BasicAuth;
import io.a64.proxy.HostMatch;
import io.a64.proxy.RateLimit;
import io.a64.proxy.Route;
import io.a64.proxy.RouteAccess;
import io.a64.proxy.RouteOptions;
import io.a64.proxy.Upstream;
import io.a64.proxy.nginx.internal.template.NginxTemplates;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What is written, without an NGINX. Numbers are those of the list of traps in the research on NGINX. */
final class GenerationRendererTest {

    private static final String HASH =
            "$6$saltsalt$pqxtaP8VN9msji06dnBCbUbaSGTOXyo9jZDqZxik1rPexoqRIW4UKuiD0ZHZchCSd7S4/HoRU8bcFbnz2ihUr.";

    private static RenderedGeneration render(int threshold, int connections, List<Route> routes) {
        RenderSettings settings = new RenderSettings(
                URI.create("http://localhost:8080"),
                Optional.of("127.0.0.1"),
                8080,
                false,
                List.of(AddressRange.parse("10.0.0.0/8")),
                Optional.of("a64-access.log"),
                threshold);
        return new GenerationRenderer(new NginxTemplates(), settings)
                .render(
                        7,
                        new Surroundings(Path.of("/etc/a64"), new OperatorHttp(connections, false, false)),
                        routes,
                        new TreeMap<>());
    }

    private static RenderedGeneration render(int threshold, List<Route> routes) {
        return render(threshold, 4096, routes);
    }

    private static Route path(String module, int port) {
        return Route.onPath(
                module, 1, "/" + module + "/", List.of(new Upstream("127.0.0.1", port)), RouteOptions.defaults());
    }

    private static Route host(String module, String host, String path, int port) {
        return new Route(
                module,
                1,
                new HostMatch(host, 14000, path),
                List.of(new Upstream("127.0.0.1", port)),
                RouteOptions.defaults());
    }

    private static Route rich(String module) {
        RouteOptions options = RouteOptions.builder()
                .rawPath(true)
                .buffering(false)
                .rateLimit(new RateLimit(5, 2))
                .connectionLimit(3)
                .access(new RouteAccess(
                        Optional.of("/shop/check"),
                        Optional.of(new BasicAuth("staff", Map.of("alice", HASH))),
                        List.of(AddressRange.parse("127.0.0.0/8"))))
                .responseHeaders(Map.of("Content-Security-Policy", "default-src 'self'; img-src *"))
                .build();
        return Route.onPath(
                module,
                2,
                "/deep/" + module + "/",
                List.of(new Upstream("127.0.0.1", 9000), new Upstream("::1", 9001)),
                options);
    }

    private static List<Route> mixed() {
        return List.of(
                path("shop", 9010),
                path("blog", 9011),
                rich("vault"),
                host("front", "app.localhost", "/", 9020),
                host("back", "app.localhost", "/api/", 9021));
    }

    private static List<Route> many(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> path("module-" + i, 10_000 + i % 50_000))
                .toList();
    }

    @Test
    @DisplayName("trap 50: the same routes in any order are the same bytes, in both shapes")
    void theSameRoutesAreTheSameBytes() {
        for (int threshold : new int[] {0, 1000}) {
            List<Route> shuffled = new ArrayList<>(mixed());
            Collections.shuffle(shuffled, new Random(1));

            assertThat(render(threshold, shuffled).files())
                    .isEqualTo(render(threshold, mixed()).files());
        }
    }

    @Test
    @DisplayName("trap 50: the digest depends on the routes, not on the number of the generation")
    void theDigestDoesNotDependOnTheNumber() {
        RenderedGeneration seventh = render(1000, mixed());

        assertThat(seventh.id()).startsWith("7-").endsWith(seventh.generation().digest());
        assertThat(render(1000, List.of(path("shop", 9012))).generation().digest())
                .isNotEqualTo(
                        render(1000, List.of(path("shop", 9010))).generation().digest());
    }

    @Test
    @DisplayName("trap 46: what NGINX would sort slowly is sorted, and names of groups begin with their hash")
    void outputIsSortedAndNamesOfGroupsDifferAtTheFront() {
        String http = render(1000, many(50)).files().get("http.conf");
        List<String> groups = http.lines()
                .filter(line -> line.startsWith("upstream "))
                .map(line -> line.replaceAll("upstream (\\S+) .*", "$1"))
                .toList();

        assertThat(groups).hasSize(50).allMatch(group -> group.matches("a[0-9a-f]{6}_module-[0-9]+"));
        List<String> modules = groups.stream()
                .map(group -> group.substring(group.indexOf('_') + 1))
                .toList();
        assertThat(modules).isSorted();
    }

    @Test
    @DisplayName("trap 47: idle connections to modules leave at least half of a worker's connections to clients")
    void idleConnectionsFitTheWorkersConnections() {
        for (int connections : new int[] {64, 512, 1024, 4096, 16384}) {
            for (int threshold : new int[] {0, 100_000}) {
                for (int count : new int[] {1, 10, 1000}) {
                    String http =
                            render(threshold, connections, many(count)).files().get("http.conf");
                    int idle = http.lines()
                            .map(String::strip)
                            .filter(line -> line.matches("keepalive [0-9]+;"))
                            .mapToInt(line -> Integer.parseInt(line.replaceAll("[^0-9]", "")))
                            .sum();

                    assertThat(idle)
                            .as("%d connections, %d modules, threshold %d", connections, count, threshold)
                            .isLessThanOrEqualTo(connections / 2);
                }
            }
        }
    }

    @Test
    @DisplayName("trap 48: no certificate is chosen by what a client says")
    void noFileNameIsMadeOfWhatAClientSays() {
        for (int threshold : new int[] {0, 1000}) {
            String all = String.join("\n", render(threshold, mixed()).files().values());

            assertThat(all).doesNotContain("ssl_server_name", "ssl_certificate");
            assertThat(all.lines().filter(line -> line.matches("\\s*(include|auth_basic_user_file|root|alias) .*")))
                    .isNotEmpty()
                    .allMatch(line -> !line.contains("$"));
        }
    }

    @Test
    void theMapOfAPortShowsEachHostWithItsModuleAndWhereThatIs() {
        String map = render(1000, mixed()).files().get("hosts/14000.map");

        assertThat(map.lines().skip(1))
                .containsExactly("app.localhost front; # 127.0.0.1:9020", "app.localhost/api/ back; # 127.0.0.1:9021");
    }

    @Test
    void passwordsStandInAFileOfTheModulesOwn() {
        assertThat(render(1000, mixed()).files().get("auth/vault.htpasswd")).isEqualTo("alice:" + HASH + "\n");
    }

    @Test
    void ofManyPlainModulesNoneHasAFileThatNginxReadsAndAllHaveANote() {
        RenderedGeneration rendered = render(2, mixed());

        assertThat(rendered.files().keySet())
                .containsExactly(
                        "auth/vault.htpasswd",
                        "hosts/14000.map",
                        "http.conf",
                        "own/shop.conf",
                        "own/vault.conf",
                        RoutesFile.NAME,
                        "server.conf");
        assertThat(rendered.notes().keySet()).containsExactly("blog", "shop", "vault");
        assertThat(rendered.notes().get("blog").get()).contains("127.0.0.1:9011");
    }

    @Test
    void eachModuleIsTheOneThatNginxFindsInItsGroup() {
        List<Route> routes = many(3000);
        Pools pools = Pools.of(routes);

        for (Route route : routes) {
            List<Pools.Server> group = pools.groups().get(pools.groupOf().get(route.module()));
            assertThat(foundByHash(group, route.module()))
                    .isEqualTo(route.upstreams().get(0).hostPort());
        }
    }

    /** As {@code ngx_http_upstream_get_hash_peer} does at its first try. */
    private static String foundByHash(List<Pools.Server> group, String key) {
        CRC32 crc = new CRC32();
        crc.update(key.getBytes(StandardCharsets.US_ASCII));
        int weights = group.stream().mapToInt(Pools.Server::weight).sum();
        long left = (crc.getValue() >> 16 & 0x7fff) % weights;
        for (Pools.Server server : group) {
            if (left < server.weight()) {
                return server.address();
            }
            left -= server.weight();
        }
        throw new AssertionError("no server for " + key);
    }

    @Test
    void theRecordGivesBackAllThatItWasGiven() throws IOException {
        TreeMap<String, Withheld> withheld = new TreeMap<>(
                Map.of("shop", new Withheld("refused:\ta = b\\c", List.of("[emerg] one", "two: \"x\"\r"))));
        Generation generation = new Generation(3, "abc", mixed(), withheld, Map.of("http.conf", "0a"));

        Generation read = RoutesFile.parse(RoutesFile.text(generation));

        assertThat(read.routes()).isEqualTo(mixed());
        assertThat(read.checksums()).isEqualTo(generation.checksums());
        assertThat(read.withheld().get("shop"))
                .isEqualTo(new Withheld("refused: a = b\\c", List.of("[emerg] one", "two: \"x\" ")));
        assertThat(read.id()).isEqualTo("3-abc");
    }

    @Test
    void theOperatorsOwnSizesOfTablesAreLeftAlone() {
        OperatorHttp operator = OperatorHttp.of("""
                events { worker_connections 2048; }
                # worker_connections 1; server_names_hash_max_size 1;
                http { map_hash_bucket_size 256; }
                """);

        assertThat(operator).isEqualTo(new OperatorHttp(2048, true, false));
        assertThat(OperatorHttp.of("events {}")).isEqualTo(new OperatorHttp(512, false, false));
    }

    @Test
    void zonesAreNamedByWhatNginxWouldRefuseToChange() {
        Stream<RateLimit> limits = Stream.of(new RateLimit(5, 0), new RateLimit(5, 9), new RateLimit(6, 0));

        assertThat(limits.map(RouteModels::zone).collect(Collectors.toSet())).hasSize(2);
    }
}
