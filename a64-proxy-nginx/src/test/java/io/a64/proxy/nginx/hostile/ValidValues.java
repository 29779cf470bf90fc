package io.a64.proxy.nginx.hostile;

import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Values that the rules allow, the odd ones among them preferred. */
final class ValidValues {

    private static final String LOWER = "abcdefghijklmnopqrstuvwxyz";
    private static final String DIGITS = "0123456789";
    private static final String CRYPT = "./" + DIGITS + LOWER + "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private static final String PRINTABLE = " !#%&'()*+,-./:;<=>?@[]^_`{|}~" + CRYPT;
    private static final List<String> HEADERS = List.of(
            "Cache-Control",
            "content-security-policy",
            "Access-Control-Allow-Origin",
            "Permissions-Policy",
            "X-Robots-Tag");

    private final Random random;

    ValidValues(Random random) {
        this.random = random;
    }

    Object of(Field field) {
        return switch (field) {
            case MODULE -> label();
            case PATH, HOST_PATH -> path() + "/";
            case AUTH_REQUEST -> "/asked" + path();
            case HOST -> host();
            case ADDRESS -> address();
            case RANGE -> range();
            case REALM -> pick(List.of("off", "on", "default"), () -> text(LOWER + DIGITS + "._-", 1, 64));
            case USER -> text(LOWER + DIGITS + "._@-", 1, 64);
            case HASH ->
                random.nextBoolean()
                        ? "$6$" + text(CRYPT, 1, 16) + "$" + text(CRYPT, 86, 86)
                        : "$5$rounds=5000$" + text(CRYPT, 1, 16) + "$" + text(CRYPT, 43, 43);
            case HEADER_NAME -> pick(HEADERS, () -> "X-" + text(LOWER + DIGITS + "-", 1, 60));
            case HEADER_VALUE -> text(PRINTABLE.substring(1), 1, 1) + text(PRINTABLE, 0, 1023);
            case PORT, UPSTREAM_PORT, CONNECTIONS -> number(1, 65_535);
            case GENERATION -> number(1, Integer.MAX_VALUE);
            case MAX_BODY -> number(1, Long.MAX_VALUE);
            case READ_TIMEOUT_MILLIS -> number(1000, 86_400_000);
            case RATE -> number(1, 100_000);
            case BURST -> number(0, 100_000);
        };
    }

    private Long number(long least, long most) {
        long spread = most - least;
        return switch (random.nextInt(4)) {
            case 0 -> least;
            case 1 -> most;
            case 2 -> least + random.nextInt((int) Math.min(spread, 1000) + 1);
            default -> least + random.nextLong(spread);
        };
    }

    private String label() {
        String ends = LOWER + DIGITS;
        return pick(
                List.of("default", "include", "hostnames", "volatile", "server"),
                () -> text(ends, 1, 1) + (random.nextBoolean() ? "" : text(ends + "-", 0, 61) + text(ends, 1, 1)));
    }

    private String host() {
        String last = text(LOWER, 1, 1) + text(LOWER, 0, 20);
        return pick(
                        List.of("default", "include", "hostnames", "volatile", "localhost"),
                        () -> Stream.generate(this::label)
                                        .limit(random.nextInt(3))
                                        .collect(Collectors.joining(".", "", "."))
                                + last)
                .replaceFirst("^\\.", "");
    }

    private String path() {
        String first = CRYPT.substring(2) + "_~-";
        return pick(
                List.of("/default", "/include", "/hostnames", "/volatile", "/a.b", "/~"),
                () -> Stream.generate(() -> "/" + text(first, 1, 1) + text(first + ".", 0, 20))
                        .limit(1 + random.nextInt(4))
                        .collect(Collectors.joining()));
    }

    private String address() {
        String ipv4 = "10." + random.nextInt(256) + "." + random.nextInt(256) + "." + random.nextInt(256);
        return pick(List.of("127.0.0.1", "::1", "fd00::a:1", "2001:db8:0:1:2:3:4:5"), () -> ipv4);
    }

    private String range() {
        return pick(
                List.of("0.0.0.0/0", "::/0", "fd00::/8", "192.168.0.7", "::1", "10.0.0.0/8"),
                () -> random.nextInt(224) + "." + random.nextInt(256) + ".0.0/16");
    }

    private String pick(List<String> odd, Supplier<String> other) {
        return random.nextInt(4) == 0 ? odd.get(random.nextInt(odd.size())) : other.get();
    }

    private String text(String alphabet, int least, int most) {
        boolean longest = random.nextInt(10) == 0;
        int usual = Math.min(most, least + 12);
        int length = longest ? most : least + random.nextInt(usual - least + 1);
        return random.ints(length, 0, alphabet.length())
                .mapToObj(i -> alphabet.substring(i, i + 1))
                .collect(Collectors.joining());
    }
}
