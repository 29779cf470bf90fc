package io.a64.examples.benchmarks.routes.front;

import io.a64.proxy.HostMatch;
import io.a64.proxy.PathMatch;
import io.a64.proxy.RouteMatch;

/** How a client tells modules apart. */
public enum Mode {
    /** By the first segment of the path. */
    PATH {
        @Override
        RouteMatch match(String module, int publicPort) {
            return new PathMatch("/" + module + "/");
        }

        @Override
        public Target target(String module, String rest) {
            return new Target("127.0.0.1", "/" + module + "/" + rest);
        }
    },
    /** By the first label of the host name. */
    SUBDOMAIN {
        @Override
        RouteMatch match(String module, int publicPort) {
            return HostMatch.of(host(module), publicPort);
        }

        @Override
        public Target target(String module, String rest) {
            return new Target(host(module), "/" + rest);
        }
    };

    abstract RouteMatch match(String module, int publicPort);

    /** Returns what a client asks for to reach something of a module. */
    public abstract Target target(String module, String rest);

    static String host(String module) {
        return module + ".apps.localhost";
    }
}
