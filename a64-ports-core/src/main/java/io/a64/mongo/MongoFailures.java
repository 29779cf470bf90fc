package io.a64.mongo;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoCommandException;
import com.mongodb.MongoConnectionPoolClearedException;
import com.mongodb.MongoException;
import com.mongodb.MongoExecutionTimeoutException;
import com.mongodb.MongoInterruptedException;
import com.mongodb.MongoOperationTimeoutException;
import com.mongodb.MongoSecurityException;
import com.mongodb.MongoSocketException;
import com.mongodb.MongoTimeoutException;
import com.mongodb.MongoWriteConcernException;
import io.a64.FailureKind;
import java.util.Set;

/** Translates driver errors: what they mean for a caller, and whether it is unknown what has become of a write. */
final class MongoFailures {
    /** Unauthorized, AuthenticationFailed. */
    private static final Set<Integer> REFUSALS = Set.of(13, 18);
    /**
     * HostUnreachable, HostNotFound, NetworkTimeout, ShutdownInProgress, NotWritablePrimary, InterruptedAtShutdown,
     * InterruptedDueToReplStateChange, NotPrimaryNoSecondaryOk, NotPrimaryOrSecondary, PrimarySteppedDown; WriteConcernFailed
     * and UnsatisfiableWriteConcern.
     */
    private static final Set<Integer> PASSING = Set.of(6, 7, 89, 91, 10107, 11600, 11602, 13435, 13436, 189, 64, 100);

    private static final String RETRYABLE = "RetryableWriteError";
    private static final int LONGEST_REASON = 300;

    private MongoFailures() {}

    /** Returns whether the same operation should be sent again, because a passing condition hid what came of it. */
    static boolean isOutcomeUnknown(RuntimeException e) {
        if (e instanceof MongoSocketException
                || e instanceof MongoConnectionPoolClearedException
                || e instanceof MongoWriteConcernException) {
            return true;
        }
        if (e instanceof MongoBulkWriteException bulk && bulk.getWriteConcernError() != null) {
            return true;
        }
        return e instanceof MongoException driver
                && !(e instanceof MongoTimeoutException)
                && (PASSING.contains(driver.getCode()) || driver.hasErrorLabel(RETRYABLE));
    }

    static FailureKind kind(RuntimeException e) {
        if (e instanceof MongoTimeoutException) {
            return isServerMissing(e) ? FailureKind.UNAVAILABLE : FailureKind.DEADLINE_EXCEEDED;
        }
        if (e instanceof MongoExecutionTimeoutException) {
            return FailureKind.DEADLINE_EXCEEDED;
        }
        if (e instanceof MongoInterruptedException) {
            return FailureKind.INTERRUPTED;
        }
        if (e instanceof MongoSecurityException || e instanceof IllegalStateException || isOutcomeUnknown(e)) {
            return FailureKind.UNAVAILABLE;
        }
        boolean refused = e instanceof MongoCommandException command && REFUSALS.contains(command.getCode());
        return refused ? FailureKind.UNAVAILABLE : FailureKind.INTERNAL;
    }

    /** A time-out of an operation under way counts against the deadline; one that found no server is an outage. */
    private static boolean isServerMissing(RuntimeException e) {
        return !(e instanceof MongoOperationTimeoutException)
                || String.valueOf(e.getMessage()).contains("for a server that matches");
    }

    static String reason(RuntimeException e) {
        String reason = String.valueOf(e.getMessage());
        return reason.length() <= LONGEST_REASON ? reason : reason.substring(0, LONGEST_REASON) + "…";
    }
}
