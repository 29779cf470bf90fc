package io.a64.proxy;

import io.a64.InvalidInputException;
import java.net.URI;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which requests belong to a route. */
public sealed interface RouteMatch permits PathMatch, HostMatch {

    /** Returns the prefix of the request's path, with a slash at both ends. */
    String path();

    /** Returns the short form that messages and records use: {@code /shop/} or {@code shop.localhost:14000/}. */
    String text();

    /** Returns whether two routes with these matches would claim the same request at the same time. */
    boolean clashesWith(RouteMatch other);

    /**
     * Returns where a client asks for it.
     *
     * @param base what stands before the path of a path route, without a final slash
     */
    URI uri(URI base);

    /**
     * Returns the match of this short form.
     *
     * @throws InvalidInputException if it is none
     */
    static RouteMatch parse(String text) {
        Objects.requireNonNull(text, "route");
        if (text.startsWith("/")) {
            return new PathMatch(text);
        }
        Matcher matcher = Pattern.compile("([^:/]*):([1-9][0-9]{0,4})(/.*)").matcher(text);
        if (!matcher.matches()) {
            throw new InvalidInputException(
                    "route", text, "be a path such as /shop/, or a host such as shop.localhost:14000/");
        }
        return new HostMatch(matcher.group(1), Integer.parseInt(matcher.group(2)), matcher.group(3));
    }
}
