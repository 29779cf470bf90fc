package io.a64.mongo.testing;

import static org.awaitility.Awaitility.await;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.MongoException;
import com.mongodb.MongoSocketException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import io.a64.test.services.MongodProcess;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bson.Document;

/**
 * A replica set of servers of the test's own, three or one, which elects a new primary within about a second, and ways to lose
 * the primary. For use by one thread.
 */
public final class MongodReplicaSet implements AutoCloseable {
    private static final String NAME = "a64";
    private static final int MEMBERS = 3;
    private static final Duration SETTLE_LIMIT = Duration.ofSeconds(60);
    /** A frozen server keeps its connections open and never answers. */
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(2);

    private final Map<MongodProcess, MongoClient> members = new LinkedHashMap<>();

    private MongodReplicaSet() {}

    /** Starts three servers, makes them a replica set, and returns when it has a primary and two secondaries. */
    public static MongodReplicaSet start() {
        return start(MEMBERS);
    }

    /** Starts one server that is a replica set of its own: its writes are repeated safely, and it starts quickly. */
    public static MongodReplicaSet startSingle() {
        return start(1);
    }

    private static MongodReplicaSet start(int members) {
        MongodReplicaSet set = new MongodReplicaSet();
        try {
            for (int i = 0; i < members; i++) {
                MongodProcess member = MongodProcess.startMember(NAME);
                set.members.put(member, directClient(member));
            }
            set.members.keySet().forEach(MongodProcess::awaitAnswer);
            set.initiate();
            set.awaitSettled();
            return set;
        } catch (RuntimeException e) {
            set.close();
            throw e;
        }
    }

    private static MongoClient directClient(MongodProcess member) {
        int limit = (int) ANSWER_LIMIT.toMillis();
        return MongoClients.create(MongoClientSettings.builder()
                .applyConnectionString(new ConnectionString(member.uri()))
                .applyToClusterSettings(cluster -> cluster.serverSelectionTimeout(limit, TimeUnit.MILLISECONDS))
                .applyToSocketSettings(socket -> socket.readTimeout(limit, TimeUnit.MILLISECONDS))
                .build());
    }

    private void initiate() {
        List<MongodProcess> servers = members();
        List<Document> configured = IntStream.range(0, servers.size())
                .mapToObj(i ->
                        new Document("_id", i).append("host", servers.get(i).address()))
                .toList();
        Document settings = new Document("electionTimeoutMillis", 1000)
                .append("heartbeatIntervalMillis", 200)
                .append("heartbeatTimeoutSecs", 1);
        Document config =
                new Document("_id", NAME).append("members", configured).append("settings", settings);
        admin(servers.get(0), new Document("replSetInitiate", config));
    }

    /** Returns the connection string of the set, without a database. Its client finds a new primary soon. */
    public String uri() {
        return members().stream()
                .map(MongodProcess::address)
                .collect(Collectors.joining(
                        ",", "mongodb://", "/?replicaSet=" + NAME + "&heartbeatFrequencyMS=500&connectTimeoutMS=1000"));
    }

    /** Returns the servers, whatever state they are in. */
    public List<MongodProcess> members() {
        return List.copyOf(members.keySet());
    }

    /** Returns the primary of a set that has {@link #awaitSettled settled}. */
    public MongodProcess primary() {
        return inState("isWritablePrimary")
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the replica set has no primary"));
    }

    /** Returns the secondaries. */
    public List<MongodProcess> secondaries() {
        return inState("secondary").toList();
    }

    private Stream<MongodProcess> inState(String flag) {
        return members().stream().filter(member -> hello(member).getBoolean(flag, false));
    }

    private Document hello(MongodProcess member) {
        try {
            return admin(member, new Document("hello", 1));
        } catch (MongoException e) {
            return new Document();
        }
    }

    /**
     * Returns when there is a primary, and all others are secondaries that follow it. To be called before each loss of the
     * primary: a server that still rolls back cannot vote, and the set would stay without a primary for long.
     */
    public void awaitSettled() {
        await("a primary, and secondaries that follow it")
                .atMost(SETTLE_LIMIT)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(50))
                .until(this::isSettled);
    }

    /** A server that has yet to roll back calls itself secondary for a while, but its last write is of an old term. */
    private boolean isSettled() {
        List<Document> answers = members().stream().map(this::hello).toList();
        return count(answers, "isWritablePrimary") == 1
                && count(answers, "secondary") == members.size() - 1
                && answers.stream()
                                .map(answer -> answer.getEmbedded(List.of("lastWrite", "opTime", "t"), Long.class))
                                .distinct()
                                .count()
                        == 1;
    }

    private static long count(List<Document> answers, String flag) {
        return answers.stream().filter(answer -> answer.getBoolean(flag, false)).count();
    }

    private void awaitOtherPrimary(MongodProcess former) {
        await("a primary other than " + former.address())
                .atMost(SETTLE_LIMIT)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> members().stream()
                        .filter(member -> member != former)
                        .anyMatch(member -> hello(member).getBoolean("isWritablePrimary", false)));
    }

    /**
     * Lets the primary step down and returns when another server is primary.
     *
     * @param meanwhile what is done while there is none
     */
    public void stepDown(Runnable meanwhile) {
        MongodProcess former = primary();
        admin(
                former,
                new Document("replSetStepDown", 8)
                        .append("secondaryCatchUpPeriodSecs", 3)
                        .append("force", true));
        meanwhile.run();
        awaitOtherPrimary(former);
    }

    /**
     * Kills the primary and starts it again when another server is primary.
     *
     * @param meanwhile what is done while there is none
     */
    public void killPrimary(Runnable meanwhile) {
        MongodProcess former = primary();
        former.kill();
        meanwhile.run();
        awaitOtherPrimary(former);
        former.restart();
    }

    /**
     * Freezes the primary and lets it go on when another server is primary.
     *
     * @param meanwhile what is done while there is none
     */
    public void freezePrimary(Runnable meanwhile) {
        MongodProcess former = primary();
        former.freeze();
        try {
            meanwhile.run();
            awaitOtherPrimary(former);
        } finally {
            former.resume();
        }
    }

    /**
     * Runs a command on one server's database {@code admin}, whether it is primary or not. Once more if the connection
     * breaks, as it does when a server was started again or has rolled back; so it has to be idempotent.
     */
    public Document admin(MongodProcess member, Document command) {
        MongoDatabase admin = members.get(member).getDatabase("admin");
        try {
            return admin.runCommand(command);
        } catch (MongoSocketException e) {
            return admin.runCommand(command);
        }
    }

    @Override
    public void close() {
        members.forEach((member, client) -> {
            client.close();
            member.close();
        });
    }
}
