package io.a64.ports.mongo;

import static org.assertj.core.api.Assertions.assertThat;

import io.a64.mongo.testing.MongoDatabaseExtension;
import io.a64.ports.registry.RegistrySettings;
import io.a64.test.services.OwnServer;
import io.a64.test.services.RequiresService;
import io.a64.test.services.Service;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.bson.Document;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** No query reads more than it needs. */
@Timeout(180)
@RequiresService(Service.MONGOD)
class QueryPlanCasesTest extends RegistryCases {
    private static final int DOCUMENTS = 11_000;

    @RegisterExtension
    static final OwnServer<FaultyServer> SERVER = new OwnServer<>(FaultyServer::replicaSet);

    QueryPlanCasesTest() {
        super(new MongoDatabaseExtension(() -> SERVER.get().wire().uri()));
    }

    /** The registry holds documents in every state, so that the planner has a choice and every state is to be found. */
    @Test
    @DisplayName("case 49: no query and no update of a host scans the collection or sorts, at 11,000 documents")
    void everyQueryUsesAnIndex() {
        RegistrySettings settings = ports(DOCUMENTS + 500);
        host(settings).statistics(soon());
        registry()
                .insertMany(IntStream.range(0, DOCUMENTS)
                        .mapToObj(QueryPlanCasesTest::anyDocument)
                        .toList());
        mongo.forgetCommands();

        new EveryCommand(host(settings), host(settings), SERVER.get()).send();

        Map<String, QueryPlan> plans = new TreeMap<>();
        mongo.sent().stream()
                .flatMap(QueryPlan::statements)
                .forEach(statement -> plans.computeIfAbsent(
                        QueryPlan.shape(statement), shape -> QueryPlan.of(mongo.database(), statement)));
        plans.forEach((shape, plan) -> System.out.println(plan + "  |  " + shape));
        assertThat(plans)
                .hasSizeGreaterThan(20)
                .allSatisfy((shape, plan) ->
                        assertThat(plan.stages()).as(shape).isNotEmpty().doesNotContain("COLLSCAN", "SORT"));
    }

    /** Returns a document in a state that depends on the number: most are bound, some are in each other state. */
    private static Document anyDocument(int number) {
        Date now = Date.from(Instant.now());
        Document document = documentOfA(FIRST + number, "module-" + number, 8080, "active");
        Document ours = new Document(document)
                .append("owner", "owner-" + number)
                .append("generation", 1)
                .append("alloc_key", "module-" + number + "|1|0");
        Document released = documentOfA(FIRST + number, "module-" + number, 8080, "released");
        return switch (number % 20) {
            case 0 -> ours.append("phase", "reserved").append("lease_at", now);
            case 1 -> ours.append("phase", "promised").append("reserved_until", now);
            case 2 -> released.append("cooling_since", now);
            case 3 -> released.append("quarantined_since", now).append("evidence", "something");
            case 4 -> number < 2000 ? released.append("free", true) : released;
            case 5 -> number < 200 ? document : ours.append("phase", "bound");
            case 6 -> number < 50 ? document.append("module_name", "legacy") : ours.append("phase", "bound");
            default -> ours.append("phase", "bound").append("history", List.of());
        };
    }
}
