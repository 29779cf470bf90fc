package io.a64.proxy.nginx.internal.control;

import java.util.List;

/** What of NGINX's output tells why it does not do what it was asked for. */
final class GraveLines {

    private static final int MOST = 10;

    private GraveLines() {}

    static List<String> of(String text) {
        return text.lines()
                .filter(line -> line.contains("[emerg]") || line.contains("[alert]") || line.contains("[crit]"))
                .distinct()
                .limit(MOST)
                .toList();
    }
}
