package io.a64.container.docker;

import io.a64.container.ContainerException.Problem;

/**
 * What a failure is.
 *
 * @param problem the kind
 * @param hint what to do about it, to be added to the message; may be empty
 */
record Verdict(Problem problem, String hint) {

    static Verdict of(Problem problem) {
        return new Verdict(problem, "");
    }

    static Verdict of(Problem problem, String hint) {
        return new Verdict(problem, "; " + hint);
    }
}
