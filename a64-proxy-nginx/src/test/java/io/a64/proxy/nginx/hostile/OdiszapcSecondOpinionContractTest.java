package io.a64.proxy.nginx.hostile;

import com.github.odiszapc.nginxparser.NgxBlock;
import com.github.odiszapc.nginxparser.NgxConfig;
import com.github.odiszapc.nginxparser.NgxEntry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A parser from Maven Central has to find the same blocks in each file that our own has found. */
final class OdiszapcSecondOpinionContractTest extends SecondOpinionContract {

    @Override
    List<String> complaints(Path prefix) throws Exception {
        List<String> complaints = new ArrayList<>();
        for (Path file : configurations(prefix)) {
            List<String> read = new ArrayList<>();
            // Its grammar knows some directives inside of a block only, where these files are included.
            String text = "http {\n" + Files.readString(file) + "}\n";
            collect(NgxConfig.readAntlr(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8))), read);
            List<String> meant = Directive.parse(text).stream()
                    .flatMap(Directive::all)
                    .filter(Directive::isBlock)
                    .map(Directive::name)
                    .toList();
            if (!read.equals(meant)) {
                complaints.add(file + ": " + read + " instead of " + meant);
            }
            read.stream().filter("planted"::equals).forEach(complaints::add);
        }
        return complaints;
    }

    private static void collect(NgxBlock block, List<String> names) {
        for (NgxEntry entry : block.getEntries()) {
            if (entry instanceof NgxBlock inner) {
                names.add(inner.getName());
                collect(inner, names);
            }
        }
    }

    private static List<Path> configurations(Path prefix) {
        try (Stream<Path> files = Files.walk(prefix)) {
            return files.filter(file -> file.toString().endsWith(".conf"))
                    .sorted()
                    .collect(Collectors.toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    Plant plant() {
        return new Plant("location /x/ { planted { } }", "planted");
    }
}
