package io.a64.container.hostports;

import io.a64.spi.InvalidSettingException;
import io.a64.spi.Settings;
import java.util.List;

/** What runtimes look at before they publish a port: the setting {@value #SETTING}. */
public enum PortProbe {
    /** TCP ports; the default, as modules listen on TCP. */
    TCP("tcp"),
    /** TCP and UDP ports of that number: a port counts as taken if one of both is. */
    TCP_AND_UDP("tcp+udp"),
    /** Nothing: a taken port shows when a container is started. */
    NONE("none");

    /** The setting's name. */
    public static final String SETTING = "a64.ports.probe";

    private static final String ACCEPTED = "tcp, tcp+udp or none";

    private final String value;

    PortProbe(String value) {
        this.value = value;
    }

    /**
     * Reads the setting {@value #SETTING}: {@code tcp}, {@code tcp+udp} or {@code none}; {@link #TCP} if it is not set.
     *
     * @throws InvalidSettingException if it is anything else
     */
    public static PortProbe from(Settings settings) {
        return settings.text(SETTING).map(PortProbe::of).orElse(TCP);
    }

    private static PortProbe of(String value) {
        for (PortProbe probe : values()) {
            if (probe.value.equals(value)) {
                return probe;
            }
        }
        throw new InvalidSettingException(SETTING, value, ACCEPTED);
    }

    List<Transport> transports() {
        return switch (this) {
            case TCP -> List.of(Transport.TCP);
            case TCP_AND_UDP -> List.of(Transport.TCP, Transport.UDP);
            case NONE -> List.of();
        };
    }
}
