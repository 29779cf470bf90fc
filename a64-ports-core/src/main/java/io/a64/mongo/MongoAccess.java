package io.a64.mongo;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.MongoException;
import com.mongodb.MongoInterruptedException;
import com.mongodb.ReadPreference;
import com.mongodb.WriteConcern;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import io.a64.A64Exception;
import io.a64.Deadline;
import io.a64.FailureKind;
import io.a64.spi.InvalidSettingException;
import io.a64.spi.Settings;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/**
 * A database, reached with deadlines: reads from the primary, writes acknowledged by the majority, which a standalone
 * server needs as well to keep them through a crash. Connects when first used. Safe for use by several threads.
 */
public final class MongoAccess {
    /** The setting of the connection string; it must name the database. */
    public static final String URI_SETTING = "a64.mongodb.uri";

    private static final String URI_ACCEPTED =
            "a connection string with a database, such as mongodb://127.0.0.1:27017/a64core_db";
    /** Longer than an election takes with a replica set's default settings. */
    private static final long SELECTION_SECONDS = 15;

    private static final Duration FIRST_PAUSE = Duration.ofMillis(20);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);
    private static final int MOST_DOUBLINGS = 6;

    private final MongoDatabase database;
    private final @Nullable MongoClient client;
    private final boolean owned;
    private final MongoFailureFactory failures;
    private volatile boolean closed;

    private MongoAccess(
            MongoDatabase database, @Nullable MongoClient client, boolean owned, MongoFailureFactory failures) {
        this.database = database.withCodecRegistry(MongoClientSettings.getDefaultCodecRegistry())
                .withWriteConcern(WriteConcern.MAJORITY.withJournal(true))
                .withReadPreference(ReadPreference.primary());
        this.client = client;
        this.owned = owned;
        this.failures = failures;
    }

    /**
     * Returns access to a database whose client belongs to somebody else, and is never closed here.
     *
     * @param failures makes the exceptions that calls throw
     */
    public static MongoAccess borrowing(MongoDatabase database, MongoFailureFactory failures) {
        return new MongoAccess(database, null, false, failures);
    }

    /**
     * Returns access to a database by a client that belongs to somebody else, and is never closed here.
     *
     * @param failures makes the exceptions that calls throw
     */
    public static MongoAccess borrowing(MongoClient client, String database, MongoFailureFactory failures) {
        return new MongoAccess(client.getDatabase(database), client, false, failures);
    }

    /**
     * Returns access by a client of its own, from the setting {@link #URI_SETTING}. Does not wait for the server.
     *
     * @param failures makes the exceptions that calls throw
     * @throws InvalidSettingException if the setting is missing or cannot be used; never shows its value
     */
    public static MongoAccess opening(Settings settings, MongoFailureFactory failures) {
        ConnectionString uri = connectionString(settings.requiredText(URI_SETTING, URI_ACCEPTED));
        String database = uri.getDatabase();
        if (database == null) {
            throw new InvalidSettingException(URI_SETTING, "(not shown, it names no database)", URI_ACCEPTED);
        }
        MongoClientSettings.Builder client = MongoClientSettings.builder()
                .applyToClusterSettings(cluster -> cluster.serverSelectionTimeout(SELECTION_SECONDS, TimeUnit.SECONDS))
                .applicationName("a64-ports")
                .applyConnectionString(uri);
        MongoClient opened = MongoClients.create(client.build());
        return new MongoAccess(opened.getDatabase(database), opened, true, failures);
    }

    private static ConnectionString connectionString(String uri) {
        try {
            return new ConnectionString(uri);
        } catch (IllegalArgumentException | MongoException e) {
            // Neither the value nor the parser's message is shown: both may contain the password.
            throw new InvalidSettingException(URI_SETTING, "(not shown, it cannot be parsed)", URI_ACCEPTED);
        }
    }

    /** Returns a collection whose operations end by the deadline. */
    public MongoCollection<Document> collection(String name, Deadline deadline) {
        return database.getCollection(name).withTimeout(deadline.remainingMillis(), TimeUnit.MILLISECONDS);
    }

    /** Opens a session for writes that follow each other; without a client, one that ties nothing together. */
    public MongoSession openSession() {
        try {
            return new MongoSession(client == null ? null : client.startSession());
        } catch (MongoException | IllegalStateException e) {
            throw failure("open a session", e);
        }
    }

    /**
     * Runs an operation. If it stays unknown what came of it – the connection broke, the primary stepped down – it is
     * run again until the deadline, so it has to be idempotent.
     *
     * @param what what is done, for the message: "allocate ports"
     * @param operation gets the number of runs before this one
     * @throws A64Exception made by the factory
     */
    public <T> T call(String what, Deadline deadline, IntFunction<T> operation) {
        requireUsable(what, deadline);
        for (int run = 0; ; run++) {
            try {
                return operation.apply(run);
            } catch (MongoException | IllegalStateException e) {
                if (!MongoFailures.isOutcomeUnknown(e) || !pause(run, deadline)) {
                    throw failure(what, e);
                }
            }
        }
    }

    private void requireUsable(String what, Deadline deadline) {
        if (closed) {
            throw failures.create(FailureKind.UNAVAILABLE, "cannot " + what + ": closed", null);
        }
        if (deadline.hasPassed()) {
            throw failures.create(FailureKind.DEADLINE_EXCEEDED, "cannot " + what + ": the deadline has passed", null);
        }
    }

    private static boolean pause(int run, Deadline deadline) {
        Duration time = FIRST_PAUSE.multipliedBy(1L << Math.min(run, MOST_DOUBLINGS));
        try {
            return deadline.pause(time.compareTo(LONGEST_PAUSE) < 0 ? time : LONGEST_PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private A64Exception failure(String what, RuntimeException e) {
        if (e instanceof MongoInterruptedException) {
            Thread.currentThread().interrupt();
        }
        String message =
                "cannot " + what + " in MongoDB database " + database.getName() + ": " + MongoFailures.reason(e);
        return failures.create(MongoFailures.kind(e), message, e);
    }

    /** Returns a failure that is not the driver's. */
    A64Exception failure(FailureKind kind, String message) {
        return failures.create(kind, message, null);
    }

    /** Returns quietly if the server answers. */
    public void ping(Deadline deadline) {
        call("reach the server", deadline, run -> command(new Document("ping", 1), deadline));
    }

    /** Returns the time of the primary, to the millisecond. */
    public Instant serverTime(Deadline deadline) {
        Document answer = call("read the time", deadline, run -> command(new Document("hello", 1), deadline));
        return answer.get("localTime", Date.class).toInstant();
    }

    private Document command(Document command, Deadline deadline) {
        return database.withTimeout(deadline.remainingMillis(), TimeUnit.MILLISECONDS)
                .runCommand(command);
    }

    /** Closes the client if it is our own; calls fail from now on. A second call does nothing. */
    public void close() {
        closed = true;
        if (owned && client != null) {
            client.close();
        }
    }
}
