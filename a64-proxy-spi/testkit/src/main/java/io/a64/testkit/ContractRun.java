package io.a64.testkit;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.platform.engine.FilterResult;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.PostDiscoveryFilter;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;
import org.junit.platform.testkit.engine.Events;

/**
 * What came of running a contract class. A contract proves its worth by failing on implementations with a planted
 * fault; tests run it here and look at which of its tests failed.
 *
 * @param started how many tests were started
 * @param failed the method names of the tests that failed, sorted
 * @param complaints what they failed with
 * @param notRun the method names of the tests that were given up because something is lacking, sorted
 */
public record ContractRun(long started, List<String> failed, List<String> complaints, List<String> notRun) {

    /** Runs the tests of a class, also of one whose name no build would pick up. */
    public static ContractRun of(Class<?> contractTest) {
        return run(contractTest, any -> FilterResult.included("all"));
    }

    /** Runs some tests of a class. */
    public static ContractRun of(Class<?> contractTest, String... methods) {
        Set<String> wanted = Set.of(methods);
        return run(contractTest, test -> FilterResult.includedIf(!isMethod(test) || wanted.contains(methodName(test))));
    }

    private static ContractRun run(Class<?> contractTest, PostDiscoveryFilter filter) {
        Events tests = EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(contractTest))
                .filters(filter)
                .execute()
                .testEvents();
        return new ContractRun(
                tests.started().count(),
                names(tests.failed().stream()),
                tests.failed().stream().map(ContractRun::complaint).toList(),
                names(tests.aborted().stream()));
    }

    private static List<String> names(Stream<Event> events) {
        return events.map(event -> methodName(event.getTestDescriptor()))
                .distinct()
                .sorted()
                .toList();
    }

    private static String complaint(Event failure) {
        Optional<Throwable> cause =
                failure.getPayload(TestExecutionResult.class).flatMap(TestExecutionResult::getThrowable);
        return failure.getTestDescriptor().getLegacyReportingName() + ": " + cause;
    }

    private static boolean isMethod(TestDescriptor test) {
        return test.getSource().filter(MethodSource.class::isInstance).isPresent();
    }

    private static String methodName(TestDescriptor test) {
        return test.getLegacyReportingName().replaceFirst("\\(.*", "");
    }
}
