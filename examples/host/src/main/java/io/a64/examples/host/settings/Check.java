package io.a64.examples.host.settings;

import io.a64.InvalidInputException;
import io.a64.container.ImageReference;
import io.a64.deploy.policy.LicensePolicy;
import io.a64.ports.PoolStatistics;
import io.a64.ports.PortPool;
import io.a64.ports.PortRange;
import io.a64.ports.registry.PoolNotation;
import io.a64.proxy.AddressRange;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** Tells whether a variable's value can be used. */
@FunctionalInterface
interface Check {

    boolean accepts(String value);

    static Check matches(String regex) {
        return Pattern.compile(regex).asMatchPredicate()::test;
    }

    static Check oneOf(String... words) {
        return Set.of(words)::contains;
    }

    static boolean port(String value) {
        return isNumber(value, 0, 65535);
    }

    static boolean count(String value) {
        return value.matches("[0-9]{1,9}");
    }

    private static boolean isNumber(String value, int least, int most) {
        if (!value.matches("[0-9]{1,5}")) {
            return false;
        }
        int number = Integer.parseInt(value);
        return number >= least && number <= most;
    }

    static boolean localAddress(String value) {
        try {
            return !value.isBlank() && InetAddress.getByName(value) != null;
        } catch (UnknownHostException e) {
            return false;
        }
    }

    static boolean addressRanges(String value) {
        return Arrays.stream(value.split(",", -1))
                .map(String::trim)
                .allMatch(range -> accepted(range, InvalidInputException.class, AddressRange::parse));
    }

    static boolean addressLiteral(String value) {
        boolean literal =
                value.matches("[0-9.]+") ? value.matches("([0-9]{1,3}\\.){3}[0-9]{1,3}") : value.contains(":");
        return literal && value.matches("[0-9a-fA-F.:]+") && localAddress(value);
    }

    static boolean dockerHost(String value) {
        return value.matches("unix:///[^\\s\\p{Cntrl}]+")
                || value.matches("tcp://(\\[[0-9a-fA-F:.]+]|[A-Za-z0-9.-]+):[0-9]{1,5}");
    }

    static boolean path(String value) {
        try {
            return value.chars().noneMatch(Character::isISOControl)
                    && Path.of(value).getNameCount() >= 0;
        } catch (InvalidPathException e) {
            return false;
        }
    }

    /** A directory that does not exist yet will do: the proxy may be set up after the host. */
    static boolean directory(String value) {
        return path(value) && (Files.notExists(Path.of(value)) || Files.isDirectory(Path.of(value)));
    }

    static boolean listen(String value) {
        return Listen.parse(value).isPresent();
    }

    static boolean image(String value) {
        return accepted(value, InvalidInputException.class, ImageReference::parse);
    }

    static boolean stackPorts(String value) {
        List<String> entries = Arrays.asList(value.split(",", -1));
        return entries.stream()
                        .allMatch(entry -> entry.matches("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?=[0-9]{1,5}")
                                && isNumber(entry.substring(entry.indexOf('=') + 1), 1, 65535))
                && areDistinct(entries.stream()
                        .map(entry -> entry.substring(0, entry.indexOf('=')))
                        .toList())
                && areDistinct(entries.stream()
                        .map(entry -> entry.substring(entry.indexOf('=') + 1))
                        .toList());
    }

    private static boolean areDistinct(List<String> values) {
        return Set.copyOf(values).size() == values.size();
    }

    static boolean duration(String value) {
        try {
            return !Duration.parse(value).isNegative();
        } catch (DateTimeException e) {
            return false;
        }
    }

    static boolean positiveDuration(String value) {
        return duration(value) && !Duration.parse(value).isZero();
    }

    static boolean webAddress(String value) {
        try {
            URI uri = new URI(value);
            boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            return web
                    && uri.getHost() != null
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null
                    && uri.getRawUserInfo() == null
                    && uri.getPort() <= 65535;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    static boolean portRange(String value) {
        return value.contains("-") && accepted(value, InvalidInputException.class, PortRange::parse);
    }

    static boolean portRanges(String value) {
        return !value.endsWith(",") && accepted(value, InvalidInputException.class, PortRange::parseList);
    }

    static boolean portPools(String value) {
        return accepted(value, InvalidInputException.class, Check::requirePools);
    }

    private static void requirePools(String value) {
        for (PortPool pool : PoolNotation.parse(value)) {
            if (pool.name().equals(PoolStatistics.GENERAL)) {
                throw new InvalidInputException("pool", pool.name(), "be another name than that of the general range");
            }
        }
    }

    static boolean registries(String value) {
        return Arrays.stream(value.split(",", -1))
                .map(String::trim)
                .allMatch(entry -> entry.matches("\\*|[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?(:[0-9]{1,5})?"));
    }

    static boolean licenseKey(String value) {
        return accepted(value, IllegalArgumentException.class, LicensePolicy::publicKey);
    }

    private static boolean accepted(String value, Class<? extends RuntimeException> refusal, Consumer<String> parser) {
        try {
            parser.accept(value);
            return true;
        } catch (RuntimeException e) {
            if (refusal.isInstance(e)) {
                return false;
            }
            throw e;
        }
    }
}
