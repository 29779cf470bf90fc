package io.a64.ports.mongo;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.model.Updates;
import io.a64.Deadline;
import io.a64.mongo.testing.MongoDatabaseExtension;
import io.a64.ports.PortAllocation;
import io.a64.ports.PortRange;
import io.a64.ports.PortRequest;
import io.a64.ports.PortUse;
import io.a64.ports.registry.RegistrySettings;
import io.a64.test.services.RequiresService;
import io.a64.test.services.Service;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.bson.Document;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Round trips, and what the local picture of the free ports may and may not change. */
@RequiresService(Service.MONGODB)
class MongoPortAllocatorTest {
    private static final RegistrySettings SETTINGS = RegistrySettings.defaults();

    @RegisterExtension
    final MongoDatabaseExtension mongo = new MongoDatabaseExtension();

    private final AtomicLong nanoTime = new AtomicLong();

    @Test
    void anUncontendedAllocationOfOnePortIsOneRoundTrip() {
        MongoPortAllocator allocator = warm();

        allocator.allocate(request("module", 8080), soon());

        assertThat(mongo.commands()).containsExactly("update");
    }

    @Test
    void anUncontendedAllocationOfThreePortsIsOneRoundTrip() {
        MongoPortAllocator allocator = warm();

        allocator.allocate(request("module", 8080, 8081, 8082), soon());

        assertThat(mongo.commands()).containsExactly("update");
    }

    @Test
    void confirmingAndReleasingAreOneRoundTripEach() {
        MongoPortAllocator allocator = warm();
        PortAllocation allocation = allocator.allocate(request("module", 8080, 8081, 8082), soon());
        mongo.forgetCommands();

        allocator.confirm(allocation, soon());
        allocator.release(allocation, PortUse.WAS_BOUND, soon());

        assertThat(mongo.commands()).containsExactly("update", "update");
    }

    @Test
    @DisplayName("case 7: a port lost to another host costs one round trip more, and the next lowest port is got")
    void aPortLostToAnotherHostCostsOneRoundTripMore() {
        MongoPortAllocator loser = warm();
        MongoPortAllocator winner = warm();
        assertThat(winner.allocate(request("winner", 8080), soon()).ports()).containsEntry(8080, 9000);
        // The registry has a document for the next port already, so that it need not be extended in the test.
        winner.release(winner.allocate(request("opener", 8080), soon()), PortUse.NEVER_BOUND, soon());
        mongo.forgetCommands();

        PortAllocation allocation = loser.allocate(request("loser", 8080), soon());

        assertThat(allocation.ports()).containsEntry(8080, 9001);
        assertThat(mongo.commands()).containsExactly("update", "findAndModify");
    }

    @Test
    void theLowestPortsAreTakenOverTheWholeDefaultRangeWithoutThoseOfTheStacks() {
        MongoPortAllocator allocator =
                MongoPortAllocator.using(mongo.database(), SETTINGS.withRange(new PortRange(11999, 12002)));

        assertThat(allocator.allocate(request("module", 1, 2, 3), soon()).ports())
                .containsValues(11999, 12001, 12002);
    }

    @Test
    void aRestedPortIsGivenOutAgainWithinTenSecondsAlthoughOthersAreFree() {
        MongoPortAllocator allocator = warm();
        PortAllocation first = allocator.allocate(request("first", 8080), soon());
        allocator.confirm(first, soon());
        allocator.release(first, PortUse.WAS_BOUND, soon());
        assertThat(allocator.allocate(request("second", 8080), soon()).ports()).containsEntry(8080, 9001);

        dateBackCooldown(SETTINGS.cooldown().plusSeconds(1));
        nanoTime.addAndGet(Duration.ofSeconds(5).toNanos());

        assertThat(allocator.allocate(request("third", 8080), soon()).ports()).containsEntry(8080, 9000);
    }

    @Test
    void aRegistryThatWasDroppedIsPreparedAnew() {
        MongoPortAllocator allocator = warm();
        allocator.allocate(request("first", 8080), soon());

        mongo.database().getCollection("port_registry").drop();

        nanoTime.addAndGet(Duration.ofSeconds(5).toNanos());
        assertThat(allocator.allocate(request("second", 8080), soon()).ports()).containsEntry(8080, 9000);

        assertThat(mongo.database().getCollection("port_registry").listIndexes())
                .anySatisfy(index -> assertThat(index)
                        .containsEntry("key", new Document("port", 1))
                        .containsEntry("unique", true));
    }

    private void dateBackCooldown(Duration time) {
        mongo.database()
                .getCollection("port_registry")
                .updateMany(
                        new Document("cooling_since", new Document("$exists", true)),
                        Updates.set("cooling_since", Date.from(Instant.now().minus(time))));
    }

    /** Returns an allocator that has looked at the registry already, by a clock that stands still. */
    private MongoPortAllocator warm() {
        MongoPortAllocator allocator = MongoPortAllocator.using(mongo.database(), SETTINGS, nanoTime::get);
        allocator.statistics(soon());
        mongo.forgetCommands();
        return allocator;
    }

    private static PortRequest request(String module, Integer... internalPorts) {
        return new PortRequest(module, 1, "owner-of-" + module, List.of(internalPorts));
    }

    private static Deadline soon() {
        return Deadline.after(Duration.ofSeconds(60));
    }
}
