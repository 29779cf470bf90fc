package io.a64.ports.chaos;

import io.a64.mongo.testing.MongodReplicaSet;
import io.a64.test.services.MongodProcess;
import java.util.List;
import org.bson.Document;

/** Lets servers of a replica set cut the connection of a few writes: before they are done, or after. */
final class LostMessages {
    private static final double SHARE = 0.01;
    private static final String REQUEST = "failCommand";
    private static final String REPLY = "onPrimaryTransactionalWrite";

    private final MongodReplicaSet set;
    private long requests;
    private long replies;

    LostMessages(MongodReplicaSet set) {
        this.set = set;
    }

    /** Begins, or goes on with servers that were started meanwhile. All servers have to answer. */
    void begin() {
        end();
        Document lossy = new Document("activationProbability", SHARE);
        Document cut = new Document("closeConnection", true);
        Document cutWrites = new Document("failCommands", List.of("update", "findAndModify", "insert"))
                .append("closeConnection", true);
        set.members().forEach(member -> {
            configure(member, REQUEST, lossy, cutWrites);
            configure(member, REPLY, lossy, cut);
        });
    }

    /** Ends it and counts; what a server had counted when it was killed is not known. All servers have to answer. */
    void end() {
        for (MongodProcess member : set.members()) {
            requests += configure(member, REQUEST, "off", new Document());
            replies += configure(member, REPLY, "off", new Document());
        }
    }

    /** Returns how often the fail point came to pass before, which is forgotten by now. */
    private long configure(MongodProcess member, String failPoint, Object mode, Document data) {
        Document answer = set.admin(
                member,
                new Document("configureFailPoint", failPoint)
                        .append("mode", mode)
                        .append("data", data));
        return answer.get("count", Number.class).longValue();
    }

    long requests() {
        return requests;
    }

    long replies() {
        return replies;
    }
}
