package io.a64.census;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The table contract × implementation. A class {@code MongoPortAllocatorContractTest} is a row of its own. */
final class ContractTable {

    private static final String ROW = "| %-20s | %-16s | %6s | %6s | %s%n";
    private static final String ENDING = "ContractTest";

    private final List<Row> rows;

    private record Row(String contract, String implementation, ClassReport report) {}

    ContractTable(Collection<String> contracts, Collection<ClassReport> reports) {
        rows = reports.stream()
                .flatMap(report -> row(contracts, report).stream())
                .sorted(Comparator.comparing(Row::contract).thenComparing(Row::implementation))
                .toList();
    }

    private static Optional<Row> row(Collection<String> contracts, ClassReport report) {
        return contracts.stream()
                .filter(contract -> report.simpleName().endsWith(contract + ENDING))
                .max(Comparator.comparingInt(String::length))
                .map(contract -> new Row(
                        contract,
                        report.simpleName()
                                .substring(0, report.simpleName().length() - contract.length() - ENDING.length()),
                        report));
    }

    boolean isEmpty() {
        return rows.isEmpty();
    }

    boolean hasGaps() {
        return rows.stream().anyMatch(row -> row.report().skipped() > 0);
    }

    String text() {
        StringBuilder text = new StringBuilder(
                String.format(ROW, "contract", "implementation", "passed", "failed", "not run, because"));
        for (Row row : rows) {
            ClassReport report = row.report();
            text.append(String.format(
                    ROW,
                    row.contract(),
                    row.implementation(),
                    report.passed(),
                    report.failed(),
                    report.reason().orElse("-")));
        }
        return text.toString();
    }
}
