package io.a64.core.internal.deploy;

import io.a64.deploy.Deployment;
import io.a64.deploy.spi.ModuleRecord;
import io.a64.proxy.RouteMatch;
import io.a64.proxy.Upstream;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;

/** Shows a record as the host application sees it. */
record DeploymentView(Parts parts, Optional<URI> proxyUrl) {

    Deployment of(ModuleRecord record) {
        return new Deployment(
                record.module(),
                record.allocation().generation(),
                record.state(),
                record.spec().image(),
                record.spec().version(),
                record.allocation().ports(),
                record.spec()
                        .route()
                        .map(route -> withoutFinalSlash(route.match().text())),
                new Deployment.Urls(record.spec().route().map(route -> url(route.match())), direct(record)),
                record.installedAt());
    }

    private URI url(RouteMatch match) {
        return proxyUrl.map(base -> match.uri(URI.create(withoutFinalSlash(base.toString()))))
                .orElseGet(() -> parts.routes().uri(match));
    }

    /** The routed port first, the others as the module names them. */
    private List<URI> direct(ModuleRecord record) {
        SortedMap<Integer, Integer> ports = record.allocation().ports();
        return record.spec().internalPorts().stream()
                .map(ports::get)
                .filter(Objects::nonNull)
                .map(port -> URI.create("http://" + host(port)))
                .toList();
    }

    private String host(int port) {
        String address = parts.runtime().publishAddress();
        return address.equals("127.0.0.1") ? "localhost:" + port : new Upstream(address, port).hostPort();
    }

    private static String withoutFinalSlash(String text) {
        return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    }
}
