package io.a64.ports.mongo;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import io.a64.mongo.testing.LossyWire;
import io.a64.mongo.testing.MongodReplicaSet;
import io.a64.test.services.MongodProcess;
import java.util.List;
import org.bson.Document;

/** A server of the tests' own, standalone or a replica set of one, that is reached by a wire and fails when told to. */
final class FaultyServer implements AutoCloseable {
    private final MongodProcess process;
    private final Runnable end;
    private final LossyWire wire;
    private final MongoClient admin;
    private long failuresBefore;

    private FaultyServer(MongodProcess process, Runnable end) {
        this.process = process;
        this.end = end;
        wire = new LossyWire(process);
        admin = MongoClients.create(MongoClientSettings.builder()
                .applyConnectionString(new ConnectionString(process.uri()))
                .build());
    }

    static FaultyServer standalone() {
        MongodProcess process = MongodProcess.start();
        return new FaultyServer(process, process::close);
    }

    static FaultyServer replicaSet() {
        MongodReplicaSet set = MongodReplicaSet.startSingle();
        return new FaultyServer(set.primary(), set::close);
    }

    MongodProcess process() {
        return process;
    }

    LossyWire wire() {
        return wire;
    }

    /**
     * Lets the next commands of a kind fail.
     *
     * @param fault what happens to them, such as {@code closeConnection}
     */
    void failNext(int times, String command, Document fault) {
        Document data = new Document("failCommands", List.of(command));
        data.putAll(fault);
        failuresBefore = configure(new Document("times", times), data);
    }

    /** Lets nothing fail any more, and returns how often something did since {@link #failNext}. */
    long stopFailing() {
        return configure("off", new Document()) - failuresBefore;
    }

    /** Returns how often the fail point has come to pass since the server was started. */
    private long configure(Object mode, Document data) {
        return admin.getDatabase("admin")
                .runCommand(new Document("configureFailPoint", "failCommand")
                        .append("mode", mode)
                        .append("data", data))
                .get("count", Number.class)
                .longValue();
    }

    /** Returns a fault that no repetition overcomes. */
    static Document internalError() {
        return new Document("errorCode", 1);
    }

    @Override
    public void close() {
        wire.close();
        admin.close();
        end.run();
    }
}
