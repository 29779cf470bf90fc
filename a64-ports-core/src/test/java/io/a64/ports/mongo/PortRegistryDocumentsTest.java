package io.a64.ports.mongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.groups.Tuple.tuple;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.IndexOptions;
import io.a64.Deadline;
import io.a64.FailureKind;
import io.a64.mongo.testing.MongoDatabaseExtension;
import io.a64.ports.PortAllocation;
import io.a64.ports.PortException;
import io.a64.ports.PortRange;
import io.a64.ports.PortRequest;
import io.a64.ports.PortUse;
import io.a64.ports.registry.RegistrySettings;
import io.a64.test.services.RequiresService;
import io.a64.test.services.Service;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bson.Document;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What operators and programs of source system A see of the registry, and what they may leave in it. */
@RequiresService(Service.MONGODB)
class PortRegistryDocumentsTest {
    private static final RegistrySettings SETTINGS =
            RegistrySettings.defaults().withRange(new PortRange(9000, 9004)).withCooldown(Duration.ofMinutes(1));

    @RegisterExtension
    final MongoDatabaseExtension mongo = new MongoDatabaseExtension();

    @Test
    void aReservedPortHasTheFieldsOfSystemAAndOurs() {
        allocate(allocator(), "example-app");

        Document document = only();

        assertThat(document)
                .containsEntry("port", 9000)
                .containsEntry("module_name", "example-app")
                .containsEntry("internal_port", 8080)
                .containsEntry("status", "active")
                .containsEntry("phase", "reserved")
                .containsEntry("owner", "owner-of-example-app")
                .containsEntry("generation", 1)
                .containsEntry("alloc_key", "example-app|1|0")
                .containsOnlyKeys(
                        "_id",
                        "port",
                        "module_name",
                        "internal_port",
                        "allocated_at",
                        "status",
                        "phase",
                        "owner",
                        "generation",
                        "alloc_key",
                        "lease_at");
        assertThat(document.get("_id")).isInstanceOf(ObjectId.class);
        assertThat(document.getDate("allocated_at").toInstant())
                .isBetween(Instant.now().minusSeconds(60), Instant.now().plusSeconds(60));
    }

    @Test
    void aBoundPortHasNoLeaseAndAReleasedOneKeepsItsRecord() {
        MongoPortAllocator allocator = allocator();
        PortAllocation allocation = allocate(allocator, "example-app");

        allocator.confirm(allocation, soon());
        assertThat(only())
                .containsEntry("phase", "bound")
                .containsKey("confirmed_at")
                .doesNotContainKey("lease_at");

        allocator.release(allocation, PortUse.WAS_BOUND, soon());
        assertThat(only())
                .containsEntry("status", "released")
                .containsEntry("module_name", "example-app")
                .containsEntry("internal_port", 8080)
                .containsKeys("allocated_at", "released_at", "cooling_since")
                .doesNotContainKeys("phase", "alloc_key", "free", "lease_at");
    }

    @Test
    void theQueriesOfSystemAAnswer() {
        MongoPortAllocator allocator = allocator();
        allocator.confirm(allocate(allocator, "first"), soon());
        allocator.confirm(allocate(allocator, "second"), soon());
        PortAllocation third = allocate(allocator, "third");
        allocator.release(third, PortUse.WAS_BOUND, soon());

        assertThat(registry().find(new Document("status", "active")))
                .extracting(document -> document.get("port"))
                .containsExactlyInAnyOrder(9000, 9001);
        assertThat(registry().find(new Document("module_name", "second").append("status", "active")))
                .extracting(document -> document.get("internal_port"), document -> document.get("port"))
                .containsExactly(tuple(8080, 9001));
        assertThat(registry().find(new Document("port", 9002)).first()).containsEntry("status", "released");
    }

    @Test
    void theIndexesOfSystemAAreThere() {
        allocate(allocator(), "example-app");

        assertThat(registry().listIndexes())
                .anySatisfy(index -> assertThat(index)
                        .containsEntry("key", new Document("port", 1))
                        .containsEntry("unique", true))
                .anySatisfy(index ->
                        assertThat(index).containsEntry("key", new Document("module_name", 1).append("status", 1)));
    }

    @Test
    void aPortThatSystemAHoldsIsRespectedAndCounted() {
        registry().insertOne(documentOfA(9000.0, "legacy", "active"));
        MongoPortAllocator allocator = allocator();

        assertThat(allocate(allocator, "example-app").ports()).containsEntry(8080, 9001);
        assertThat(allocator.statistics(soon()).allocations())
                .anySatisfy(port -> assertThat(port.module()).isEqualTo("legacy"));
    }

    @Test
    void aPortThatSystemAReleasedRestsFromWhenItIsFirstSeen() {
        registry().insertOne(documentOfA(9000, "legacy", "released"));

        assertThat(allocate(allocator(), "first").ports()).containsEntry(8080, 9001);

        registry()
                .updateOne(
                        new Document("port", 9000),
                        new Document(
                                "$set",
                                new Document(
                                        "cooling_since", Date.from(Instant.now().minusSeconds(61)))));
        assertThat(allocate(allocator(), "second").ports()).containsEntry(8080, 9000);
    }

    @Test
    void aPortOfOursThatSystemAReleasesComesBackAndItsModuleToo() {
        allocate(allocator(), "example-app");
        registry()
                .updateMany(
                        new Document("module_name", "example-app"),
                        new Document("$set", new Document("status", "released")));

        PortAllocation again =
                allocator().allocate(new PortRequest("example-app", 1, "another-owner", List.of(8080)), soon());

        assertThat(again.ports()).containsEntry(8080, 9001);
    }

    @Test
    void aCollectionThatHoldsAPortTwiceIsRefusedNamingThePort() {
        registry().insertMany(List.of(documentOfA(9003, "one", "active"), documentOfA(9003, "two", "active")));

        PortException failure = failure();

        assertThat(failure).hasMessageContaining("port_registry").hasMessageContaining("9003");
    }

    @Test
    void anIndexOnPortThatIsNotUniqueIsRefused() {
        registry().createIndex(new Document("port", 1), new IndexOptions().name("port_1"));

        assertThat(failure()).hasMessageContaining("not unique");
    }

    @Test
    void aUniqueIndexUnderAnotherNameIsAccepted() {
        registry()
                .createIndex(
                        new Document("port", 1),
                        new IndexOptions().name("their_own").unique(true));
        registry().insertOne(documentOfA(9000, "legacy", "active"));

        assertThat(allocate(allocator(), "example-app").ports()).containsEntry(8080, 9001);
    }

    @Test
    @DisplayName("case 41: two nodes hold the same port number, each in a collection of its own")
    void twoNodesHoldTheSameNumber() {
        MongoPortAllocator other = MongoPortAllocator.using(mongo.database(), SETTINGS.withNode("node-2"));

        assertThat(allocate(allocator(), "example-app").ports()).isEqualTo(Map.of(8080, 9000));
        assertThat(allocate(other, "example-app").ports()).isEqualTo(Map.of(8080, 9000));

        assertThat(mongo.database().getCollection("port_registry_node-2").countDocuments())
                .isEqualTo(1);
    }

    private MongoPortAllocator allocator() {
        return MongoPortAllocator.using(mongo.database(), SETTINGS);
    }

    private static PortAllocation allocate(MongoPortAllocator allocator, String module) {
        return allocator.allocate(new PortRequest(module, 1, "owner-of-" + module, List.of(8080)), soon());
    }

    private PortException failure() {
        PortException failure = catchThrowableOfType(PortException.class, () -> allocate(allocator(), "example-app"));
        assertThat(failure).isNotNull();
        assertThat(failure.kind()).isEqualTo(FailureKind.INTERNAL);
        return failure;
    }

    private MongoCollection<Document> registry() {
        return mongo.database().getCollection("port_registry");
    }

    private Document only() {
        List<Document> documents = registry().find().into(new ArrayList<>());
        assertThat(documents).hasSize(1);
        return Objects.requireNonNull(documents.get(0));
    }

    private static Document documentOfA(Number port, String module, String status) {
        return new Document("port", port)
                .append("module_name", module)
                .append("internal_port", 8080)
                .append("allocated_at", Date.from(Instant.now()))
                .append("status", status);
    }

    private static Deadline soon() {
        return Deadline.after(Duration.ofSeconds(60));
    }
}
