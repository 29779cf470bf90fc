package io.a64.examples.benchmarks.routes.front;

import io.a64.proxy.Upstream;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The modules that are routed to. Each has an address of its own, as in reality, although one program answers for all
 * of them: all of 127.0.0.0/8 leads to this machine. One more module answers WebSockets.
 *
 * @param count how many there are
 * @param port the port on which they answer
 * @param socketPort the port on which the module with WebSockets does
 */
public record Modules(int count, int port, int socketPort) {

    /** The module with WebSockets. */
    public static final String SOCKET = "socket";

    private static final List<String> WORDS = List.of(
            "analytics",
            "billing",
            "catalog",
            "delivery",
            "export",
            "forum",
            "gallery",
            "helpdesk",
            "invoices",
            "journal",
            "kitchen",
            "ledger",
            "mail",
            "notes",
            "orders",
            "payroll",
            "quotes",
            "reports",
            "shop",
            "tickets");
    private static final int PER_NET = 250;

    /**
     * A module.
     *
     * @param name its name
     * @param upstream where it is
     */
    public record Module(String name, Upstream upstream) {}

    /**
     * Returns all of them, sorted by name.
     *
     * @param generation how often the first one has been deployed; it has another address each time
     */
    public List<Module> all(int generation) {
        Module socket = new Module(SOCKET, new Upstream("127.0.0.1", socketPort));
        return Stream.concat(plain(generation), Stream.of(socket))
                .sorted(Comparator.comparing(Module::name))
                .toList();
    }

    private Stream<Module> plain(int generation) {
        return IntStream.range(0, count)
                .mapToObj(i -> i == 0 ? first(generation) : new Module(name(i), upstream(i, 1)));
    }

    /** Returns the first one as it is when it has been deployed so often. */
    Module first(int generation) {
        return new Module(name(0), upstream(0, generation));
    }

    /** Returns one that is none of them. */
    Module extra(int number, int generation) {
        return new Module("extra-" + number, upstream(count + number, generation));
    }

    private static String name(int number) {
        return WORDS.get(number % WORDS.size()) + "-" + number;
    }

    private Upstream upstream(int number, int generation) {
        String address = "127.%d.%d.%d".formatted(generation % PER_NET + 1, number / PER_NET + 1, number % PER_NET + 1);
        return new Upstream(address, port);
    }

    /** Returns the names of those that answer plain requests. */
    public List<String> names() {
        return plain(1).map(Module::name).toList();
    }
}
