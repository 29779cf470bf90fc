package io.a64.container.docker;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.a64.container.ContainerException.Problem;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.BindException;
import java.nio.channels.ClosedByInterruptException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.jspecify.annotations.Nullable;

/** What a failure without an answer of the engine means. docker-java wraps the cause in bare runtime exceptions. */
final class ConnectionVerdicts {

    private static final Pattern STALE = Pattern.compile("Broken pipe|Connection reset", Pattern.CASE_INSENSITIVE);
    private static final String SOCKET_RIGHTS =
            "this process may not use the socket; members of the group docker may, and are as good as root";
    private static final String IS_IT_UP =
            "is the engine running, and is setting " + DockerSettingRules.HOST + " right?";

    private record Rule(Predicate<Throwable> fits, Verdict verdict) {}

    private static final List<Rule> RULES = List.of(
            new Rule(
                    thrown -> thrown instanceof ConnectTimeoutException
                            || thrown instanceof ConnectionRequestTimeoutException,
                    Verdict.of(Problem.UNAVAILABLE, IS_IT_UP)),
            new Rule(ConnectionVerdicts::isInterrupt, Verdict.of(Problem.OUTCOME_UNKNOWN)),
            // a unix socket without permission is reported as a failed bind
            new Rule(
                    thrown -> thrown instanceof BindException || words(thrown).contains("Permission denied"),
                    Verdict.of(Problem.PERMISSION_DENIED, SOCKET_RIGHTS)),
            new Rule(
                    JsonProcessingException.class::isInstance,
                    Verdict.of(Problem.OTHER, "what answers there is no Docker engine")),
            new Rule(IOException.class::isInstance, Verdict.of(Problem.UNAVAILABLE, IS_IT_UP)),
            new Rule(
                    thrown -> words(thrown).contains("Connection pool shut down"),
                    Verdict.of(Problem.UNAVAILABLE, "this runtime is closed")));

    private ConnectionVerdicts() {}

    static Verdict of(Throwable thrown) {
        List<Throwable> chain = chain(thrown);
        return RULES.stream()
                .filter(rule -> chain.stream().anyMatch(rule.fits()))
                .map(Rule::verdict)
                .findFirst()
                .orElse(Verdict.of(Problem.OTHER));
    }

    static boolean isStale(Throwable thrown) {
        return chain(thrown).stream()
                .anyMatch(link -> link instanceof NoHttpResponseException
                        || (link instanceof IOException
                                && STALE.matcher(words(link)).find()));
    }

    /** Returns the last cause, which names the reason. */
    static Throwable root(Throwable thrown) {
        List<Throwable> chain = chain(thrown);
        return chain.get(chain.size() - 1);
    }

    private static boolean isInterrupt(Throwable thrown) {
        return thrown instanceof InterruptedException
                || thrown instanceof CancellationException
                || thrown instanceof ClosedByInterruptException
                || thrown instanceof InterruptedIOException;
    }

    private static List<Throwable> chain(Throwable thrown) {
        List<Throwable> chain = new ArrayList<>();
        for (@Nullable Throwable link = thrown; link != null && !chain.contains(link); link = link.getCause()) {
            chain.add(link);
        }
        return chain;
    }

    private static String words(Throwable thrown) {
        return Objects.requireNonNullElse(thrown.getMessage(), "");
    }
}
