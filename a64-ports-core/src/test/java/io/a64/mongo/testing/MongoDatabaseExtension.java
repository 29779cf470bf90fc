package io.a64.mongo.testing;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import com.mongodb.event.CommandListener;
import com.mongodb.event.CommandStartedEvent;
import io.a64.test.services.Service;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.bson.BsonDocument;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A database of its own for every test, dropped afterwards, and the commands that were sent to it. */
public final class MongoDatabaseExtension implements BeforeEachCallback, AfterEachCallback {
    private static final Set<String> OVERHEAD = Set.of("hello", "ismaster", "endSessions");

    private final Supplier<String> uri;
    private final List<BsonDocument> sent = new CopyOnWriteArrayList<>();
    private MongoClient client;
    private MongoDatabase database;

    /** Uses the MongoDB of {@link Service#MONGODB}. */
    public MongoDatabaseExtension() {
        this(Service::mongodbUri);
    }

    /**
     * Uses another MongoDB.
     *
     * @param uri gives its connection string; asked before each test
     */
    public MongoDatabaseExtension(Supplier<String> uri) {
        this.uri = uri;
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        client = MongoClients.create(MongoClientSettings.builder()
                .applyConnectionString(new ConnectionString(uri.get()))
                .addCommandListener(new CommandListener() {
                    @Override
                    public void commandStarted(CommandStartedEvent event) {
                        if (!OVERHEAD.contains(event.getCommandName())) {
                            sent.add(event.getCommand().clone());
                        }
                    }
                })
                .build());
        database = client.getDatabase(
                "a64_ports_test_" + UUID.randomUUID().toString().replace("-", ""));
    }

    @Override
    public void afterEach(ExtensionContext context) {
        database.drop();
        client.close();
    }

    /** Returns the running test's database. */
    public MongoDatabase database() {
        return database;
    }

    /** Returns the client of the running test's database. */
    public MongoClient client() {
        return client;
    }

    /** Returns the names of the commands sent since the test began, or since {@link #forgetCommands}. */
    public List<String> commands() {
        return sent.stream().map(BsonDocument::getFirstKey).toList();
    }

    /** Returns those commands as they were sent. */
    public List<BsonDocument> sent() {
        return List.copyOf(sent);
    }

    /** Begins to count anew. */
    public void forgetCommands() {
        sent.clear();
    }
}
