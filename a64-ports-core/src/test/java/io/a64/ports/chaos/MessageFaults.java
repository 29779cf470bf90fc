package io.a64.ports.chaos;

import io.a64.mongo.testing.MongodReplicaSet;
import io.a64.test.services.MongodProcess;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bson.Document;

/**
 * Lets servers of a replica set cut the connection of a few writes, before they are done or after. At times requests
 * are delayed instead of lost, so that they are done when their caller has long given up. All servers have to answer
 * when it begins and ends.
 */
final class MessageFaults {
    private static final double SHARE = 0.01;
    private static final Duration DELAY = Duration.ofMillis(1500);
    private static final String REQUEST = "failCommand";
    private static final String REPLY = "onPrimaryTransactionalWrite";

    private final MongodReplicaSet set;
    private final Map<Document, Long> counted = new HashMap<>();
    private int rounds;
    private long lostRequests;
    private long delayedRequests;
    private long lostReplies;

    MessageFaults(MongodReplicaSet set) {
        this.set = set;
    }

    /** Begins, or goes on with servers that were started meanwhile. */
    void begin() {
        end();
        rounds++;
        Document fault = isDelaying()
                ? new Document("blockConnection", true).append("blockTimeMS", DELAY.toMillis())
                : new Document("closeConnection", true);
        fault.append("failCommands", List.of("update", "findAndModify", "insert"));
        Document share = new Document("activationProbability", SHARE);
        set.members().forEach(member -> {
            configure(member, REQUEST, share, fault);
            configure(member, REPLY, share, new Document("closeConnection", true));
        });
    }

    /** The way changes after every second round, so that each is in force both during and between the losses. */
    private boolean isDelaying() {
        return rounds / 2 % 2 == 1;
    }

    /** Ends it and counts; what a server had counted when it was killed is not known. */
    void end() {
        for (MongodProcess member : set.members()) {
            long requests = configure(member, REQUEST, "off", new Document());
            delayedRequests += isDelaying() ? requests : 0;
            lostRequests += isDelaying() ? 0 : requests;
            lostReplies += configure(member, REPLY, "off", new Document());
        }
    }

    /** Returns how often the fail point came to pass since it was last asked. */
    private long configure(MongodProcess member, String failPoint, Object mode, Document data) {
        Document command = new Document("configureFailPoint", failPoint)
                .append("mode", mode)
                .append("data", data);
        long total = set.admin(member, command).get("count", Number.class).longValue();
        Document counter = new Document(member.address(), failPoint);
        long before = counted.getOrDefault(counter, 0L);
        counted.put(counter, total);
        // A server that was started again counts from zero.
        return total < before ? total : total - before;
    }

    long lostRequests() {
        return lostRequests;
    }

    long delayedRequests() {
        return delayedRequests;
    }

    long lostReplies() {
        return lostReplies;
    }
}
