package io.a64.ports.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.a64.ports.PortAllocation;
import io.a64.ports.PortRange;
import io.a64.ports.PortSource;
import io.a64.ports.event.PortEvent;
import io.a64.ports.spi.PortAllocator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** Where ports come from when nothing is left, and ranges that have changed. */
abstract class PortExpansions extends PortExactSources {
    private static final PortRange FURTHER = new PortRange(9200, 9202);

    @Test
    void portsComeFromTheExpansionOnlyWhenTheRangeIsFullAndTheLowestFirst() {
        PortAllocator allocator = allocator(general(2).expandingInto(FURTHER));

        assertThat(untilExhausted(allocator, PortSource.assigned())).containsExactly(9000, 9001, 9200, 9201, 9202);
    }

    @Test
    void anExpansionBelowTheRangeIsUsedAfterItAllTheSame() {
        PortAllocator allocator = allocator(general(2).expandingInto(new PortRange(8000, 8001)));

        assertThat(untilExhausted(allocator, PortSource.assigned())).containsExactly(9000, 9001, 8000, 8001);
    }

    @Test
    void oneAllocationMayTakeFromBoth() {
        PortAllocator allocator = allocator(general(2).expandingInto(FURTHER));

        assertThat(allocator.allocate(request("module", 1, 2, 3), soon()).ports())
                .isEqualTo(Map.of(1, 9000, 2, 9001, 3, 9200));
    }

    @Test
    void theRangeIsUsedAgainAsSoonAsItHasRoom() {
        PortAllocator allocator = allocator(general(2).expandingInto(FURTHER));
        PortAllocation first = allocate(allocator, "first");
        allocate(allocator, "second");
        assertThat(port(allocator, "third")).isEqualTo(9200);

        giveBackUnused(allocator, first);

        assertThat(port(allocator, "fourth")).isEqualTo(9000);
        assertThat(port(allocator, "fifth")).isEqualTo(9201);
    }

    @Test
    void aPoolHasAnExpansionOfItsOwn() {
        PortAllocator allocator =
                allocator(general(2).expandingInto(FURTHER).with(MEDIA.expandingInto(new PortRange(9300, 9301))));

        assertThat(untilExhausted(allocator, FROM_MEDIA)).containsExactly(9100, 9101, 9300, 9301);
        assertThat(port(allocator, "general")).isEqualTo(9000);
    }

    @Test
    void expansionIsToldOnceAndNotBeforeThereIsNeed() {
        PortAllocator allocator = allocator(general(2).expandingInto(FURTHER));
        List<PortEvent> events = listen(allocator);
        allocator.allocate(request("fits", 1, 2), soon());
        assertThat(events).isEmpty();

        allocate(allocator, "third");
        allocate(allocator, "fourth");

        assertThat(events).containsExactly(new PortEvent.PoolExpanded("general", 9200, List.of(FURTHER)));
    }

    @Test
    void expansionIsToldAgainAfterTheRangeHadRoom() {
        PortAllocator allocator = allocator(general(3).expandingInto(FURTHER));
        List<PortEvent> events = listen(allocator);
        PortAllocation three = allocator.allocate(request("three", 1, 2, 3), soon());
        allocate(allocator, "first-beyond");
        giveBackUnused(allocator, three);

        allocate(allocator, "within-again");
        allocator.allocate(request("beyond-again", 1, 2, 3), soon());

        assertThat(events)
                .containsExactly(
                        new PortEvent.PoolExpanded("general", 9200, List.of(FURTHER)),
                        new PortEvent.PoolExpanded("general", 9201, List.of(FURTHER)));
    }

    @Test
    void theExpansionOfAPoolIsToldByItsName() {
        PortRange further = new PortRange(9300, 9301);
        PortAllocator allocator = allocator(general(2).with(MEDIA.expandingInto(further)));
        List<PortEvent> events = listen(allocator);

        untilExhausted(allocator, FROM_MEDIA);

        assertThat(events).containsExactly(new PortEvent.PoolExpanded("media", 9300, List.of(further)));
    }

    @Test
    void whoAsksForAPartOfTheExpansionExpandsNothing() {
        PortAllocator allocator = allocator(general(2).expandingInto(FURTHER));
        List<PortEvent> events = listen(allocator);

        assertThat(port(allocator, "module", PortSource.within(FURTHER))).isEqualTo(9200);

        assertThat(events).isEmpty();
    }

    @Test
    void aRangeThatHasShrunkKeepsWhatIsAllocated() {
        PortAllocator wide = allocator(general(2).from(new PortRange(9007, 9010)));
        PortAllocation reserved = allocate(wide, "reserved");
        PortAllocation confirmed = bound(wide, "confirmed");

        PortAllocator narrow = allocator(general(2).from(new PortRange(9009, 9010)));

        assertThat(allocatedPorts(narrow)).containsExactly(9007, 9008);
        assertThat(narrow.allocate(request("reserved"), soon())).isEqualTo(reserved);
        assertThat(narrow.renew(reserved, soon())).isTrue();
        assertThat(narrow.confirm(reserved, soon())).isTrue();
        assertThat(release(narrow, confirmed)).isTrue();
        assertThat(giveBackUnused(narrow, reserved)).isTrue();
        assertThat(allocatedPorts(narrow)).isEmpty();
    }

    @Test
    void portsOutsideOfARangeThatHasShrunkAreNotHandedOut() {
        PortAllocator wide = allocatorOf(10);
        PortAllocation outside = wide.allocate(request("module", PortSource.exactly(Map.of(8080, 9007))), soon());
        PortAllocator narrow = allocatorOf(2);

        giveBackUnused(narrow, outside);

        assertThat(untilExhausted(narrow, PortSource.assigned())).containsExactly(9000, 9001);
    }

    private static List<PortEvent> listen(PortAllocator allocator) {
        List<PortEvent> events = new CopyOnWriteArrayList<>();
        allocator.ledger().orElseThrow(() -> new AssertionError("no ledger()")).addListener(events::add);
        return events;
    }
}
