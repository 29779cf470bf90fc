package io.a64.ports.mongo;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.model.IndexOptions;
import io.a64.FailureKind;
import io.a64.ports.PortException;
import io.a64.test.services.RequiresService;
import io.a64.test.services.Service;
import java.util.List;
import org.bson.Document;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The unique index is the judge of who holds what; without it nothing is handed out. */
@Timeout(180)
@RequiresService(Service.MONGODB)
class IndexCasesTest extends RegistryCases {

    @Test
    @DisplayName("case 29: a unique index on port that is missing is created before the first use")
    void aMissingIndexIsCreated() {
        registry().insertOne(documentOfA(9000, "legacy", 80, "active"));

        assertThat(port(allocate(host(ports(10)), "shop"))).isEqualTo(9001);

        assertThat(registry().listIndexes())
                .anySatisfy(index -> assertThat(index)
                        .containsEntry("key", new Document("port", 1))
                        .containsEntry("unique", true));
    }

    @Test
    @DisplayName("case 29: an index on port that is not unique is refused, naming the ports that are there twice")
    void anIndexThatIsNotUnique() {
        registry().createIndex(new Document("port", 1), new IndexOptions().name("port_1"));
        insertTwice(9003);

        assertThat(refused()).hasMessageContainingAll("port_registry", "not unique", "9003", "drop that index");
    }

    @Test
    @DisplayName("case 29: an index on port that is unique for some documents only is refused")
    void anIndexThatIsPartial() {
        registry()
                .createIndex(
                        new Document("port", 1),
                        new IndexOptions()
                                .name("port_1")
                                .unique(true)
                                .partialFilterExpression(new Document("status", "active")));

        assertThat(refused()).hasMessageContaining("not unique");
    }

    @Test
    @DisplayName("case 29: beside an index on port that is not unique, the unique one of another name is the judge")
    void aTwinThatIsNotUnique() {
        registry().createIndex(new Document("port", 1), new IndexOptions().name("a_twin"));
        MongoPortAllocator host = host(ports(10));

        allocate(host, "shop");

        assertThat(registry().listIndexes())
                .anySatisfy(index -> assertThat(index)
                        .containsEntry("key", new Document("port", 1))
                        .containsEntry("unique", true));
        assertThat(port(allocate(host(ports(10)), "next"))).isEqualTo(9001);
    }

    @Test
    @DisplayName("case 29: a unique index under another name beside a twin that is not unique is accepted")
    void aUniqueIndexOfAnotherNameBesideATwin() {
        registry()
                .createIndex(
                        new Document("port", 1),
                        new IndexOptions().name("their_own").unique(true));
        registry().createIndex(new Document("port", 1), new IndexOptions().name("a_twin"));

        assertThat(port(allocate(host(ports(10)), "shop"))).isEqualTo(9000);
    }

    @Test
    @DisplayName("case 29: ports that are there twice keep the unique index from being built, and are named")
    void anIndexThatCannotBeBuilt() {
        insertTwice(9003);
        insertTwice(9007);

        assertThat(refused()).hasMessageContainingAll("port_registry", "twice", "9003", "9007");
    }

    private void insertTwice(int port) {
        registry().insertMany(List.of(documentOfA(port, "one", 80, "active"), documentOfA(port, "two", 80, "active")));
    }

    private PortException refused() {
        PortException failure = failure(() -> allocate(host(ports(10)), "shop"));
        assertThat(failure.kind()).isEqualTo(FailureKind.INTERNAL);
        return failure;
    }
}
