package io.a64.proxy.nginx.internal.publish;

import io.a64.FailureKind;
import io.a64.proxy.HostMatch;
import io.a64.proxy.Route;
import io.a64.proxy.nginx.internal.NginxFailure;
import io.a64.proxy.nginx.internal.control.NginxControl;
import io.a64.proxy.nginx.internal.generation.Generation;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The public ports that routes need. One that another program holds passes NGINX's test and then makes it refuse the
 * whole generation, after it has tried for 2.5 s; so it is looked at before.
 */
final class ListenPorts {

    private final NginxControl nginx;
    private final String address;
    private final Set<Integer> held = new HashSet<>();

    /**
     * @param listen where NGINX serves path routes, as {@code port} or {@code address:port}; public ports are opened at
     *     the same address
     * @param inForce whose ports NGINX listens at
     */
    ListenPorts(NginxControl nginx, String listen, Optional<Generation> inForce) {
        this.nginx = nginx;
        this.address = listen.substring(0, Math.max(0, listen.lastIndexOf(':')));
        held.add(Integer.parseInt(listen.substring(listen.lastIndexOf(':') + 1)));
        inForce.ifPresent(generation -> generation.routes().stream()
                .filter(route -> !generation.withheld().containsKey(route.module()))
                .forEach(route -> held.addAll(ports(route))));
    }

    private static List<Integer> ports(Route route) {
        return route.match() instanceof HostMatch host ? List.of(host.port()) : List.of();
    }

    /** Returns what is in the way of a route. */
    Optional<NginxFailure> problem(Route route) {
        return ports(route).stream()
                .filter(port -> !held.contains(port))
                .filter(port -> nginx.isTaken(socketAddress(port)))
                .findFirst()
                .map(port -> new NginxFailure(
                        FailureKind.CONFLICT,
                        "port " + port + " of " + (address.isEmpty() ? "this machine" : address)
                                + " is in use already, by another program or by a server of your own; free it or choose another",
                        List.of(),
                        null));
    }

    private InetSocketAddress socketAddress(int port) {
        boolean everywhere = address.isEmpty() || address.equals("*");
        try {
            return new InetSocketAddress(InetAddress.getByName(everywhere ? "0.0.0.0" : address), port);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address that the settings have accepted: " + address, e);
        }
    }
}
