package io.a64.deploy.mongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.mongodb.client.MongoCollection;
import io.a64.Deadline;
import io.a64.FailureKind;
import io.a64.deploy.spi.ModuleRecord;
import io.a64.deploy.spi.StoreException;
import io.a64.module.ModuleSpec;
import io.a64.module.ModuleState;
import io.a64.mongo.testing.MongoDatabaseExtension;
import io.a64.ports.PortAllocation;
import io.a64.test.services.RequiresService;
import io.a64.test.services.Service;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.Optional;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What operators and programs of source system A see of the records, and what they may leave in them. */
@RequiresService(Service.MONGODB)
class InstalledModulesDocumentsTest {
    private static final Instant INSTALLED = Instant.parse("2025-10-19T08:30:15.123Z");

    @RegisterExtension
    final MongoDatabaseExtension mongo = new MongoDatabaseExtension();

    @Test
    void aRecordHasTheFieldsOfSystemAAndOurs() {
        store().insert(record(), soon());

        assertThat(modules().find().first())
                .containsEntry("module_name", "example-app")
                .containsEntry("allocated_ports", new Document("8080", 9000))
                .containsEntry("proxy_route", "/example-app")
                .containsEntry("docker_image", "localhost:1/example:1.0.0")
                .containsEntry("version", "1.0.0")
                .containsEntry("status", "installing")
                .containsEntry("generation", 1)
                .containsEntry("revision", 1L)
                .containsEntry("owner", "owner")
                .containsEntry("installed_at", Date.from(INSTALLED))
                .containsEntry("busy_until", Date.from(INSTALLED.plusSeconds(60)));
    }

    @Test
    void aReplacementLeavesFieldsOfOthersAndRemovesWhatIsEmptyNow() {
        ModuleRecord first = record();
        store().insert(first, soon());
        modules().updateOne(new Document(), new Document("$set", new Document("tenant", "blue")));

        store().replace(first, first.next(ModuleState.RUNNING, Optional.empty()), soon());

        assertThat(modules().find().first())
                .containsEntry("tenant", "blue")
                .containsEntry("status", "running")
                .containsEntry("revision", 2L)
                .doesNotContainKey("busy_until");
    }

    @Test
    void aModuleThatSystemAInstalledIsReportedAndLeftAlone() {
        modules()
                .insertOne(new Document("module_name", "example-app")
                        .append("allocated_ports", new Document("8080", 9000))
                        .append("proxy_route", "/example-app"));

        StoreException failure = catchThrowableOfType(StoreException.class, () -> store().find("example-app", soon()));

        assertThat(failure.kind()).isEqualTo(FailureKind.CONFLICT);
        assertThat(failure).hasMessageContaining("example-app").hasMessageContaining("another program");
        assertThat(store().list(soon())).isEmpty();
        assertThat(store().insert(record(), soon())).isFalse();
    }

    private MongoModuleStore store() {
        return MongoModuleStore.using(mongo.database());
    }

    private MongoCollection<Document> modules() {
        return mongo.database().getCollection("installed_modules");
    }

    private static ModuleRecord record() {
        ModuleSpec spec = ModuleSpec.builder("example-app")
                .image("localhost:1/example:1.0.0")
                .version("1.0.0")
                .port(8080)
                .spec();
        return new ModuleRecord(
                1,
                ModuleState.INSTALLING,
                spec,
                new PortAllocation("example-app", 1, "owner", Map.of(8080, 9000)),
                INSTALLED,
                Optional.of(INSTALLED.plusSeconds(60)));
    }

    private static Deadline soon() {
        return Deadline.after(Duration.ofSeconds(60));
    }
}
