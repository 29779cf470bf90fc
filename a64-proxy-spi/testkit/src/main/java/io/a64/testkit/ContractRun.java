package io.a64.testkit;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.List;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;
import org.junit.platform.testkit.engine.Events;

/**
 * What came of running a contract class. A contract proves its worth by failing on implementations with a planted
 * fault; tests run it here and look at which of its tests failed.
 *
 * @param started how many tests were started
 * @param failed the method names of the tests that failed, sorted
 */
public record ContractRun(long started, List<String> failed) {

    /** Runs the tests of a class, also of one whose name no build would pick up. */
    public static ContractRun of(Class<?> contractTest) {
        Events tests = EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(contractTest))
                .execute()
                .testEvents();
        List<String> failed = tests.failed().stream()
                .map(ContractRun::methodName)
                .distinct()
                .sorted()
                .toList();
        return new ContractRun(tests.started().count(), failed);
    }

    private static String methodName(Event event) {
        String legacyName = event.getTestDescriptor().getLegacyReportingName();
        return legacyName.replaceFirst("\\(.*", "");
    }
}
