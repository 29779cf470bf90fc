package io.a64.census;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ContractTableTest {

    @TempDir
    private Path root;

    @Test
    void a_class_is_a_row_of_its_contract_and_implementation() {
        ContractTable table = new ContractTable(
                List.of("PortAllocator", "Allocator"),
                List.of(
                        new ClassReport("x.MongoPortAllocatorContractTest", 12, 1, 0, Optional.empty()),
                        new ClassReport("x.SomethingElseTest", 3, 0, 0, Optional.empty())));

        assertThat(table.text()).contains("| PortAllocator        | Mongo            |     12 |      1 | -");
        assertThat(table.text()).doesNotContain("SomethingElse");
        assertThat(table.hasGaps()).isFalse();
    }

    @Test
    void what_was_not_run_says_why() {
        ContractTable table = new ContractTable(
                List.of("RouteWriter"),
                List.of(new ClassReport("NginxRouteWriterContractTest", 0, 0, 1, Optional.of("no nginx"))));

        assertThat(table.text()).contains("| RouteWriter          | Nginx            |      0 |      0 | no nginx");
        assertThat(table.hasGaps()).isTrue();
    }

    @Test
    void reports_of_nested_classes_count_for_the_outer_one_and_old_reports_do_not_count() throws IOException {
        Instant start = Instant.now();
        write("TEST-a.OuterTest.xml", "a.OuterTest", "<testcase/>");
        write("TEST-a.OuterTest$Inner.xml", "a.OuterTest$Inner", "<testcase><failure/></testcase>");
        Path old = write("TEST-a.OldTest.xml", "a.OldTest", "<testcase/>");
        Files.setLastModifiedTime(old, FileTime.from(start.minusSeconds(60)));

        Collection<ClassReport> reports = ReportFiles.read(root, start.minusSeconds(5));

        assertThat(reports).containsExactly(new ClassReport("a.OuterTest", 1, 1, 0, Optional.empty()));
    }

    private Path write(String file, String suite, String cases) throws IOException {
        return Files.writeString(root.resolve(file), "<testsuite name=\"" + suite + "\">" + cases + "</testsuite>");
    }
}
