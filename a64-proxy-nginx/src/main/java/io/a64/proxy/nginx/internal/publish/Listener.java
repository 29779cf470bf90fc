package io.a64.proxy.nginx.internal.publish;

import io.a64.Deadline;
import io.a64.FailureKind;
import io.a64.probe.HttpProbe;
import io.a64.proxy.HostMatch;
import io.a64.proxy.Route;
import io.a64.proxy.nginx.internal.NginxFailure;
import io.a64.proxy.nginx.internal.control.NginxControl;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** Asks the listener that serves the routes what it serves. Every question goes over a connection of its own. */
public final class Listener {

    private static final Duration PER_TRY = Duration.ofSeconds(2);
    private static final Duration MODULE_LIMIT = Duration.ofSeconds(10);
    private static final Set<Integer> PROXY_FAILURES = Set.of(502, 504);

    private final NginxControl nginx;
    private final URI uri;

    /** @param uri the listener's address where NGINX runs */
    public Listener(NginxControl nginx, URI uri) {
        this.nginx = nginx;
        this.uri = uri;
    }

    /** Returns what the listener says it serves; nothing if it serves none of ours, or does not answer. */
    public String servedGeneration(Deadline deadline) {
        try {
            return requireGeneration(deadline);
        } catch (NginxFailure e) {
            return "";
        }
    }

    /** Returns what the listener says it serves, which is nothing if it serves none of ours, if it answers at all. */
    public String requireGeneration(Deadline deadline) throws NginxFailure {
        HttpProbe.Answer answer = ask("/__a64/generation", PER_TRY, deadline);
        return answer.status() == 200 ? answer.body().strip() : "";
    }

    /** Returns quietly if a module answers behind its route. */
    public void requireModule(Route route, Deadline deadline) throws NginxFailure {
        int status = route.match() instanceof HostMatch host
                ? statusOf(host, deadline)
                : ask(route.match().path() + "health", MODULE_LIMIT, deadline).status();
        if (PROXY_FAILURES.contains(status)) {
            throw new NginxFailure(
                    FailureKind.MODULE_FAILED,
                    "NGINX cannot reach module " + route.module() + " at " + route.upstreams() + ": HTTP " + status,
                    List.of(),
                    null);
        }
    }

    /** The name of the host need not be known on this machine, so the public port is asked by its address. */
    private int statusOf(HostMatch host, Deadline deadline) throws NginxFailure {
        URI port = nginx.reach(URI.create("http://" + uri.getHost() + ":" + host.port()), deadline);
        URI question = host.uri(port);
        try {
            InetSocketAddress address = new InetSocketAddress(port.getHost(), port.getPort());
            return HttpProbe.getAt(address, question, deadline, MODULE_LIMIT).status();
        } catch (IOException e) {
            throw NginxFailure.unavailable(
                    "NGINX does not answer at " + port + " for " + question + ": " + e, List.of());
        }
    }

    private HttpProbe.Answer ask(String path, Duration limit, Deadline deadline) throws NginxFailure {
        URI question = nginx.reach(uri, deadline).resolve(path);
        try {
            return HttpProbe.get(question, deadline, limit);
        } catch (IOException e) {
            throw NginxFailure.unavailable("NGINX does not answer at " + question + ": " + e, List.of());
        }
    }
}
