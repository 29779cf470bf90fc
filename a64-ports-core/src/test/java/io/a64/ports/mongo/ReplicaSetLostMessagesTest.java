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

/** On a replica set, of one server: the driver repeats writes, and the server knows repetitions and late comers. */
@RequiresService(Service.MONGOD)
class ReplicaSetLostMessagesTest extends LostMessages {
    @RegisterExtension
    static final OwnServer<FaultyServer> SERVER = new OwnServer<>(FaultyServer::replicaSet);

    ReplicaSetLostMessagesTest() {
        super(SERVER);
    }

    @Test
    @DisplayName("case 48: on a replica set a claim still in flight when it is given back is refused and never appears")
    void aClaimInFlightWhenItIsGivenBack() {
        MongoPortAllocator host = tiedHost(ports(10));
        server().wire().delay("update");

        failure(() -> host.allocate(request("shop", 8080, 8081), Deadline.after(Duration.ofMillis(700))));
        server().wire().letGo();

        assertThat(active()).isEmpty();
        assertThat(allocate(host(ports(10)), "next").ports()).containsEntry(8080, 9000);
    }
}
