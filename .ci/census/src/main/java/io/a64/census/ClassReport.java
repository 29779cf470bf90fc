package io.a64.census;

import java.util.Optional;

/**
 * What became of the tests of one class.
 *
 * @param testClass its full name, without the names of nested classes
 * @param passed how many passed
 * @param failed how many failed or broke
 * @param skipped how many were not run
 * @param reason why, if any were not run
 */
record ClassReport(String testClass, int passed, int failed, int skipped, Optional<String> reason) {

    ClassReport plus(ClassReport other) {
        return new ClassReport(
                testClass,
                passed + other.passed,
                failed + other.failed,
                skipped + other.skipped,
                reason.or(other::reason));
    }

    String simpleName() {
        return testClass.substring(testClass.lastIndexOf('.') + 1);
    }
}
