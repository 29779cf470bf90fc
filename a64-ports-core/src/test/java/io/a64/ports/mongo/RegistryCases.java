package io.a64.ports.mongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import io.a64.Deadline;
import io.a64.mongo.testing.MongoDatabaseExtension;
import io.a64.ports.AllocatedPort;
import io.a64.ports.PortAllocation;
import io.a64.ports.PortException;
import io.a64.ports.PortRange;
import io.a64.ports.PortRequest;
import io.a64.ports.PortUse;
import io.a64.ports.registry.RegistrySettings;
import io.a64.ports.spi.PortAllocator;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.bson.Document;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The words in which the numbered cases of the registry are written. A host is an allocator: it shares nothing with
 * another one but the database, in one process or in two. The time by which hosts judge the age of what they know
 * stands still until it is moved; the times in the registry are the server's, and are dated back.
 */
abstract class RegistryCases {
    static final int FIRST = 9000;
    static final Duration LEASE = Duration.ofMinutes(5);
    static final Duration COOLDOWN = Duration.ofSeconds(30);
    private static final Duration SWEEP_INTERVAL = Duration.ofSeconds(5);

    @RegisterExtension
    final MongoDatabaseExtension mongo;

    final AtomicLong nanoTime = new AtomicLong();

    RegistryCases() {
        this(new MongoDatabaseExtension());
    }

    RegistryCases(MongoDatabaseExtension mongo) {
        this.mongo = mongo;
    }

    /** Returns settings for so many ports from 9000. */
    static RegistrySettings ports(int count) {
        return new RegistrySettings(
                new PortRange(FIRST, FIRST + count - 1), List.of(), LEASE, COOLDOWN, RegistrySettings.LOCAL_NODE);
    }

    MongoPortAllocator host(RegistrySettings settings) {
        return MongoPortAllocator.using(mongo.database(), settings, nanoTime::get);
    }

    /** Returns a host that has looked at the registry already; what that took is not counted. */
    MongoPortAllocator warmHost(RegistrySettings settings) {
        MongoPortAllocator host = host(settings);
        host.statistics(soon());
        mongo.forgetCommands();
        return host;
    }

    static PortRequest request(String module, Integer... internalPorts) {
        return new PortRequest(module, 1, "owner-of-" + module, List.of(internalPorts));
    }

    static PortAllocation allocate(PortAllocator host, String module, Integer... internalPorts) {
        Integer[] ports = internalPorts.length == 0 ? new Integer[] {8080} : internalPorts;
        return host.allocate(request(module, ports), soon());
    }

    static PortAllocation bound(PortAllocator host, String module, Integer... internalPorts) {
        PortAllocation allocation = allocate(host, module, internalPorts);
        assertThat(host.confirm(allocation, soon())).as("confirmed").isTrue();
        return allocation;
    }

    static boolean release(PortAllocator host, PortAllocation allocation) {
        return host.release(allocation, PortUse.WAS_BOUND, soon());
    }

    static int port(PortAllocation allocation) {
        return allocation.ports().values().iterator().next();
    }

    static List<Integer> heldPorts(PortAllocator host) {
        return host.statistics(soon()).allocations().stream()
                .map(AllocatedPort::port)
                .toList();
    }

    static List<Integer> from(int first, int count) {
        return IntStream.range(first, first + count).boxed().toList();
    }

    static PortException failure(ThrowingCallable call) {
        PortException failure = catchThrowableOfType(PortException.class, call);
        assertThat(failure).as("a PortException").isNotNull();
        return failure;
    }

    static Deadline soon() {
        return Deadline.after(Duration.ofSeconds(60));
    }

    /** Lets the hosts look at the registry again when they are next used. */
    void growOld() {
        nanoTime.addAndGet(SWEEP_INTERVAL.toNanos());
    }

    /** Lets time pass for everything in the registry. */
    void passTime(Duration time) {
        List.of("allocated_at", "lease_at", "cooling_since", "quarantined_since", "reserved_until")
                .forEach(field -> dateBack(field, time));
        growOld();
    }

    private void dateBack(String field, Duration time) {
        Document earlier = new Document("$subtract", List.of("$" + field, time.toMillis()));
        registry().updateMany(Filters.type(field, "date"), List.of(new Document("$set", new Document(field, earlier))));
    }

    MongoCollection<Document> registry() {
        return mongo.database().getCollection("port_registry");
    }

    Document document(int port) {
        return Objects.requireNonNull(registry().find(Filters.eq("port", port)).first(), "no document");
    }

    /** Returns the documents sorted by port. */
    List<Document> documents() {
        return registry().find().sort(new Document("port", 1)).into(new ArrayList<>());
    }

    List<Document> active() {
        return registry()
                .find(new Document("status", "active"))
                .sort(new Document("port", 1))
                .into(new ArrayList<>());
    }

    /** Returns whether a command carries a date, which can only be the client's. */
    static boolean holdsDate(BsonValue value) {
        if (value instanceof BsonDocument document) {
            return document.values().stream().anyMatch(RegistryCases::holdsDate);
        }
        return value.isDateTime()
                || (value instanceof BsonArray array && array.stream().anyMatch(RegistryCases::holdsDate));
    }

    /** Returns a document as source system A writes it. */
    static Document documentOfA(Number port, String module, Number internalPort, String status) {
        return new Document("_id", new ObjectId())
                .append("port", port)
                .append("module_name", module)
                .append("internal_port", internalPort)
                .append("allocated_at", Date.from(Instant.now()))
                .append("status", status);
    }
}
