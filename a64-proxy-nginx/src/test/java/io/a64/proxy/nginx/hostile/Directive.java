package io.a64.proxy.nginx.hostile;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A directive of a configuration.
 *
 * @param words its name and parameters, without quotation marks
 * @param isBlock whether it ends with a block
 * @param block what stands in its block
 */
record Directive(List<String> words, boolean isBlock, List<Directive> block) {

    private static final int LONGEST_WORD = 4090;

    Directive {
        words = List.copyOf(words);
        block = List.copyOf(block);
    }

    /**
     * Returns what stands in a file.
     *
     * @throws MalformedConfiguration if NGINX could not read it
     */
    static List<Directive> parse(String text) {
        Iterator<NginxWords.Token> tokens = NginxWords.of(text).iterator();
        return block(tokens, false);
    }

    private static List<Directive> block(Iterator<NginxWords.Token> tokens, boolean inner) {
        List<Directive> directives = new ArrayList<>();
        List<String> words = new ArrayList<>();
        while (tokens.hasNext()) {
            NginxWords.Token token = tokens.next();
            if (!token.isMark()) {
                words.add(requireReadable(token.text()));
            } else if (token.is('}')) {
                require(inner && words.isEmpty(), "unexpected \"}\"");
                return directives;
            } else {
                require(!words.isEmpty(), "unexpected \"" + token.text() + "\"");
                boolean opens = token.is('{');
                directives.add(new Directive(words, opens, opens ? block(tokens, true) : List.of()));
                words = new ArrayList<>();
            }
        }
        require(!inner && words.isEmpty(), "unexpected end of file");
        return directives;
    }

    private static String requireReadable(String word) {
        require(word.length() <= LONGEST_WORD && word.indexOf('\0') < 0, "a word that NGINX does not read");
        return word;
    }

    private static void require(boolean met, String complaint) {
        if (!met) {
            throw new MalformedConfiguration(complaint);
        }
    }

    String name() {
        return words.get(0);
    }

    /** Returns this directive and all inside of it. */
    Stream<Directive> all() {
        return Stream.concat(Stream.of(this), block.stream().flatMap(Directive::all));
    }

    @Override
    public String toString() {
        return String.join(" ", words) + (isBlock ? " {…}" : ";");
    }
}
