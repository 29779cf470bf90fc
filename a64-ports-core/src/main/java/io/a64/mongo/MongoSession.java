package io.a64.mongo;

import com.mongodb.bulk.BulkWriteResult;
import com.mongodb.client.ClientSession;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.WriteModel;
import java.util.List;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/**
 * Writes that follow each other in one session of the server: on a replica set a later one makes it refuse an earlier
 * one that is still on its way. Without a client to open sessions with, the writes are independent. Used by one thread.
 */
public final class MongoSession implements AutoCloseable {
    private final @Nullable ClientSession session;

    MongoSession(@Nullable ClientSession session) {
        this.session = session;
    }

    /** Runs a bulk. */
    public BulkWriteResult bulkWrite(
            MongoCollection<Document> collection,
            List<? extends WriteModel<Document>> statements,
            BulkWriteOptions options) {
        return session == null
                ? collection.bulkWrite(statements, options)
                : collection.bulkWrite(session, statements, options);
    }

    @Override
    public void close() {
        if (session != null) {
            session.close();
        }
    }
}
