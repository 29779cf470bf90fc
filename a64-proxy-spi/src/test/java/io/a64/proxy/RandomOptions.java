package io.a64.proxy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Options of every shape, the same ones for the same seed. */
final class RandomOptions {

    private static final String SALTED = "./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final String VALUES = " !#%&'()*+,-./09:;<=>?@AZ[]^_`az{|}~";
    private static final List<String> NAMES =
            List.of("Cache-Control", "content-security-policy", "X-Shop", "x-a1-B2", "Referrer-Policy");

    private RandomOptions() {}

    static RouteOptions next(Random random) {
        RouteOptions.Builder options = RouteOptions.builder()
                .websocket(random.nextBoolean())
                .rawPath(random.nextBoolean())
                .buffering(random.nextBoolean())
                .maxBodyBytes(1 + (random.nextLong() >>> (1 + random.nextInt(60))))
                .readTimeout(Duration.ofSeconds(1).plusNanos((long) (random.nextDouble() * 86_399e9)))
                .balancing(random.nextBoolean() ? Balancing.LEAST_CONNECTIONS : Balancing.CLIENT_ADDRESS)
                .access(access(random))
                .responseHeaders(some(random, NAMES).collect(Collectors.toMap(name -> name, name -> value(random))));
        if (random.nextBoolean()) {
            options.rateLimit(new RateLimit(1 + random.nextInt(100_000), random.nextInt(100_001)));
        }
        if (random.nextBoolean()) {
            options.connectionLimit(1 + random.nextInt(65_535));
        }
        return options.build();
    }

    private static RouteAccess access(Random random) {
        return new RouteAccess(
                random.nextBoolean() ? Optional.of("/login/check-" + random.nextInt(10)) : Optional.empty(),
                random.nextBoolean() ? Optional.of(basicAuth(random)) : Optional.empty(),
                IntStream.range(0, random.nextInt(4))
                        .mapToObj(i -> range(random))
                        .toList());
    }

    private static BasicAuth basicAuth(Random random) {
        Map<String, String> users = new TreeMap<>();
        users.put("Alice", hash(random));
        some(random, List.of("alice", "bob@example.org", "_.-")).forEach(user -> users.put(user, hash(random)));
        return new BasicAuth("The-Shop_1.0", users);
    }

    static String hash(Random random) {
        String rounds = random.nextBoolean() ? "" : "rounds=" + (1000 + random.nextInt(99_000)) + "$";
        String salt = text(random, SALTED, 1 + random.nextInt(16));
        return random.nextBoolean()
                ? "$5$" + rounds + salt + "$" + text(random, SALTED, 43)
                : "$6$" + rounds + salt + "$" + text(random, SALTED, 86);
    }

    /** Returns a range of either family, of any size. */
    static AddressRange range(Random random) {
        return random.nextBoolean()
                ? new AddressRange(
                        (1 + random.nextInt(223)) + "." + random.nextInt(256) + ".0.0", 16 + random.nextInt(17))
                : new AddressRange(
                        Integer.toHexString(0x2000 + random.nextInt(0x1fff)) + ":"
                                + Integer.toHexString(random.nextInt(0xffff)) + "::",
                        32 + random.nextInt(97));
    }

    private static String value(Random random) {
        return ("v" + text(random, VALUES, random.nextInt(40))).strip();
    }

    private static <T> Stream<T> some(Random random, List<T> all) {
        return all.stream().filter(one -> random.nextBoolean());
    }

    private static String text(Random random, String out, int length) {
        return random.ints(length, 0, out.length())
                .mapToObj(i -> out.substring(i, i + 1))
                .collect(Collectors.joining());
    }
}
