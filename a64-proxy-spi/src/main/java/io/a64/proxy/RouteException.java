package io.a64.proxy;

import io.a64.A64Exception;
import io.a64.FailureKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A route could not be published, proven or removed; the routes that were live before still are. */
public final class RouteException extends A64Exception {

    private static final long serialVersionUID = 1L;

    private final String module;

    /**
     * @param module the module whose route it is
     * @param message what failed and why
     * @param evidence lines of the proxy, such as the output of its configuration test
     */
    public RouteException(
            FailureKind kind, String module, String message, List<String> evidence, @Nullable Throwable cause) {
        super(kind, message, evidence, cause);
        this.module = module;
    }

    /** Returns the failure of a module whose path or host another module holds already. */
    public static RouteException held(Route wanted, String holder) {
        return new RouteException(
                FailureKind.CONFLICT,
                wanted.module(),
                "route " + wanted.match().text() + " is held by module " + holder
                        + "; choose another one or remove that module",
                List.of(),
                null);
    }

    /** Returns the failure of a route whose requests are to be authorized at a path that no other module serves. */
    public static RouteException unserved(Route wanted, String authRequest) {
        return new RouteException(
                FailureKind.CONFLICT,
                wanted.module(),
                "route " + wanted.match().text() + " is to be authorized at " + authRequest
                        + ", which no other module serves; publish the module that does first",
                List.of(),
                null);
    }

    /** Returns the module whose route it is. */
    public String module() {
        return module;
    }
}
