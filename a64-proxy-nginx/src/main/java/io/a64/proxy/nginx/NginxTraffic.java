package io.a64.proxy.nginx;

import io.a64.InvalidInputException;
import io.a64.proxy.AddressRange;
import io.a64.spi.InvalidSettingException;
import io.a64.spi.Settings;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * How NGINX treats the requests of all routes.
 *
 * @param trustedProxies proxies in front of NGINX that may say for whom they speak; what others say of it is replaced
 * @param accessLog a JSON log of requests with module and generation: {@code auto} for {@code a64-access.log} in the
 *     prefix, or in {@code /var/log/nginx} if there is none; {@code off}; or the path of a file
 * @param mapThreshold above how many path routes the plain ones are found by a map and share groups of upstreams, which
 *     keeps NGINX small and its reload short, 0 or more
 */
public record NginxTraffic(List<AddressRange> trustedProxies, String accessLog, int mapThreshold) {

    private static final String TRUSTED_SETTING = "a64.nginx.trusted-proxies";
    private static final String LOG_SETTING = "a64.nginx.access-log";
    private static final String THRESHOLD_SETTING = "a64.nginx.map-threshold";
    private static final String AUTO = "auto";
    private static final String OFF = "off";
    private static final String LOG_FILE = "a64-access.log";
    private static final int DEFAULT_THRESHOLD = 1000;
    private static final int LONGEST_FILE = 1024;
    private static final String SEGMENT = "[A-Za-z0-9_~+@=-][A-Za-z0-9._~+@=-]*";
    private static final Pattern FILE = Pattern.compile("/?" + SEGMENT + "(?:/" + SEGMENT + ")*");
    private static final Pattern SEPARATOR = Pattern.compile("[,\\s]+");
    private static final NginxTraffic DEFAULTS = new NginxTraffic(List.of(), AUTO, DEFAULT_THRESHOLD);

    public NginxTraffic {
        trustedProxies = List.copyOf(trustedProxies);
        if (accessLog.length() > LONGEST_FILE || !FILE.matcher(accessLog).matches()) {
            throw new InvalidSettingException(LOG_SETTING, accessLog, "auto, off or the path of a file");
        }
        if (mapThreshold < 0) {
            throw new InvalidSettingException(THRESHOLD_SETTING, Integer.toString(mapThreshold), "0 or more");
        }
    }

    /** Returns: nobody is trusted, a log in its usual place, and a threshold that was measured. */
    public static NginxTraffic defaults() {
        return DEFAULTS;
    }

    /**
     * Reads the settings {@code a64.nginx.trusted-proxies} (ranges separated by commas), {@code .access-log} and {@code
     * .map-threshold}.
     *
     * @throws InvalidSettingException if one cannot be used
     */
    static NginxTraffic from(Settings settings) {
        return new NginxTraffic(
                settings.text(TRUSTED_SETTING).map(NginxTraffic::ranges).orElse(List.of()),
                settings.text(LOG_SETTING).orElse(AUTO),
                settings.text(THRESHOLD_SETTING).map(NginxTraffic::number).orElse(DEFAULT_THRESHOLD));
    }

    private static List<AddressRange> ranges(String text) {
        try {
            return Stream.of(SEPARATOR.split(text.strip()))
                    .map(AddressRange::parse)
                    .toList();
        } catch (InvalidInputException e) {
            throw new InvalidSettingException(TRUSTED_SETTING, text, "address ranges such as 10.0.0.0/8,192.168.0.7");
        }
    }

    private static int number(String text) {
        try {
            return Integer.parseInt(text.strip());
        } catch (NumberFormatException e) {
            throw new InvalidSettingException(THRESHOLD_SETTING, text, "a whole number, 0 or more");
        }
    }

    /** Returns the file of the log as NGINX is told of it, empty for none. */
    Optional<String> logFile(boolean ownPrefix) {
        return switch (accessLog) {
            case OFF -> Optional.empty();
            case AUTO -> Optional.of(ownPrefix ? LOG_FILE : "/var/log/nginx/" + LOG_FILE);
            default -> Optional.of(accessLog);
        };
    }
}
