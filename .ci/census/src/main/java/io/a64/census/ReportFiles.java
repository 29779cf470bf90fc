package io.a64.census;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** Finds and reads the XML reports of Surefire and Failsafe below a source tree. */
final class ReportFiles {

    private ReportFiles() {}

    /** Returns one report per test class, of files not older than the given moment, sorted by class. */
    static Collection<ClassReport> read(Path root, Instant notBefore) throws IOException {
        Map<String, ClassReport> reports = new TreeMap<>();
        for (Path file : find(root, name -> name.startsWith("TEST-") && name.endsWith(".xml"))) {
            if (!Files.getLastModifiedTime(file).toInstant().isBefore(notBefore)) {
                ClassReport report = parse(file);
                reports.merge(report.testClass(), report, ClassReport::plus);
            }
        }
        return reports.values();
    }

    /** Returns the names of all contracts in the tree, without the word: {@code PortAllocator}. */
    static List<String> contracts(Path root) throws IOException {
        String ending = "Contract.java";
        return find(root, name -> name.endsWith(ending)).stream()
                .map(file -> file.getFileName().toString())
                .map(name -> name.substring(0, name.length() - ending.length()))
                .distinct()
                .sorted()
                .toList();
    }

    private static List<Path> find(Path root, Predicate<String> name) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> name.test(file.getFileName().toString()))
                    .sorted()
                    .toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static ClassReport parse(Path file) throws IOException {
        Element suite = document(file).getDocumentElement();
        List<ClassReport> cases = new ArrayList<>();
        NodeList elements = suite.getElementsByTagName("testcase");
        String name = suite.getAttribute("name").replaceFirst("\\$.*", "");
        for (int i = 0; i < elements.getLength(); i++) {
            cases.add(testCase(name, (Element) elements.item(i)));
        }
        return cases.stream().reduce(new ClassReport(name, 0, 0, 0, Optional.empty()), ClassReport::plus);
    }

    private static ClassReport testCase(String testClass, Element testCase) {
        NodeList skipped = testCase.getElementsByTagName("skipped");
        if (skipped.getLength() > 0) {
            String reason = ((Element) skipped.item(0)).getAttribute("message");
            return new ClassReport(testClass, 0, 0, 1, Optional.of(reason));
        }
        boolean failed = testCase.getElementsByTagName("failure").getLength()
                        + testCase.getElementsByTagName("error").getLength()
                > 0;
        return new ClassReport(testClass, failed ? 0 : 1, failed ? 1 : 0, 0, Optional.empty());
    }

    private static Document document(Path file) throws IOException {
        try {
            return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file.toFile());
        } catch (ParserConfigurationException | SAXException e) {
            throw new IOException("not a test report: " + file, e);
        }
    }
}
