package io.a64.examples.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.a64.ports.PortRange;
import io.a64.ports.event.PortEvent;
import java.util.List;
import org.junit.jupiter.api.Test;

class PortEventLogTest {

    @Test
    void aPoolThatExpandsIsToldWithWhereItExpandsInto() {
        assertThat(PortEventLog.line(
                        new PortEvent.PoolExpanded("general", 20000, List.of(new PortRange(20000, 20099)))))
                .isEqualTo("pool_expanded pool=general port=20000 into=[20000-20099]");
    }

    @Test
    void whatHoldsAPortIsToldInOneLine() {
        assertThat(PortEventLog.line(new PortEvent.PortQuarantined("app", 9000, "held by\n\tpid 7")))
                .isEqualTo("port_quarantined port=9000 module=app evidence=held by pid 7");
    }

    @Test
    void doublesAreToldWithTheirPorts() {
        assertThat(PortEventLog.line(new PortEvent.DuplicateFound("app", 8080, List.of(9000, 9001))))
                .isEqualTo("duplicate_found module=app internal_port=8080 ports=[9000, 9001]");
    }
}
