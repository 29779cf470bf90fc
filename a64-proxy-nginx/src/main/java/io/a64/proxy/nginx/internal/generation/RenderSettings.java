package io.a64.proxy.nginx.internal.generation;

import io.a64.proxy.AddressRange;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * What the files of a generation depend on besides its routes.
 *
 * @param publicBase what clients put before a path route; {@code https} means that somebody in front of NGINX ends TLS,
 *     and is told to the modules
 * @param listenAddress where public ports listen, empty for everywhere
 * @param listenPort the port of the path listener
 * @param askedFromOutside whether our own questions come from another machine's private address, as into a container
 * @param trustedProxies who may say for whom they speak
 * @param accessLog the file of our log of requests, empty for none
 * @param mapThreshold above how many path routes the plain ones share groups of upstreams
 */
public record RenderSettings(
        URI publicBase,
        Optional<String> listenAddress,
        int listenPort,
        boolean askedFromOutside,
        List<AddressRange> trustedProxies,
        Optional<String> accessLog,
        int mapThreshold) {

    public RenderSettings {
        trustedProxies = List.copyOf(trustedProxies);
    }

    boolean tls() {
        return "https".equals(publicBase.getScheme());
    }

    int publicPort() {
        return publicBase.getPort() < 0 ? 443 : publicBase.getPort();
    }

    String listen(int port) {
        return listenAddress.map(address -> address + ":").orElse("") + port;
    }
}
