package io.a64.ports.mongo;

import static org.assertj.core.api.Assertions.assertThat;

import io.a64.Deadline;
import io.a64.test.services.OwnServer;
import io.a64.test.services.RequiresService;
import io.a64.test.services.Service;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** On a server without a replica set: the driver repeats no write, and sessions fence nothing. */
@RequiresService(Service.MONGOD)
class StandaloneLostMessagesTest extends LostMessages {
    @RegisterExtension
    static final OwnServer<FaultyServer> SERVER = new OwnServer<>(FaultyServer::standalone);

    StandaloneLostMessagesTest() {
        super(SERVER);
    }

    @Test
    @DisplayName(
            "case 48: on a standalone a claim still in flight when it is given back is an orphan until its lease ends")
    void aClaimInFlightWhenItIsGivenBack() {
        MongoPortAllocator host = tiedHost(ports(10));
        server().wire().delay("update");

        failure(() -> host.allocate(request("shop", 8080, 8081), Deadline.after(Duration.ofMillis(700))));
        server().wire().letGo();

        assertThat(active()).hasSize(2).allSatisfy(port -> assertThat(port).containsEntry("phase", "reserved"));
        passTime(LEASE.plusSeconds(1));
        host(ports(10)).statistics(soon());
        assertThat(active()).isEmpty();
    }
}
