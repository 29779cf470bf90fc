package io.a64.proxy.nginx.hostile;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a configuration into words as NGINX itself does (ngx_conf_read_token): quotations, escapes, comments and the
 * brace of a {@code ${variable}}, which opens no block.
 */
final class NginxWords {

    /** A word, or one of the marks {@code ; { }}. */
    record Token(String text, boolean isMark) {

        boolean is(char mark) {
            return isMark && text.charAt(0) == mark;
        }
    }

    private static final String BLANKS = " \t\r\n";

    private final String text;
    private final List<Token> tokens = new ArrayList<>();
    private int at;

    private NginxWords(String text) {
        this.text = text;
    }

    /**
     * Returns the words and marks of a text.
     *
     * @throws MalformedConfiguration where NGINX would not know what it means either
     */
    static List<Token> of(String text) {
        NginxWords words = new NginxWords(text);
        while (words.at < text.length()) {
            words.next();
        }
        return words.tokens;
    }

    private void next() {
        char c = text.charAt(at);
        if (BLANKS.indexOf(c) >= 0) {
            at++;
        } else if (c == '#') {
            int end = text.indexOf('\n', at);
            at = end < 0 ? text.length() : end + 1;
        } else if (c == ';' || c == '{' || c == '}') {
            tokens.add(new Token(Character.toString(c), true));
            at++;
        } else if (c == '"' || c == '\'') {
            quotation(c);
        } else {
            word();
        }
    }

    private void quotation(char quote) {
        StringBuilder value = new StringBuilder();
        for (at++; at < text.length() && text.charAt(at) != quote; at++) {
            character(value);
        }
        if (at++ >= text.length()) {
            throw new MalformedConfiguration("a quotation has no end");
        }
        if (at < text.length() && (BLANKS + ";{)").indexOf(text.charAt(at)) < 0) {
            throw new MalformedConfiguration("unexpected \"" + text.charAt(at) + "\" after a quotation");
        }
        tokens.add(new Token(value.toString(), false));
    }

    private void word() {
        StringBuilder value = new StringBuilder();
        boolean variable = false;
        for (; at < text.length(); at++) {
            char c = text.charAt(at);
            boolean ends = BLANKS.indexOf(c) >= 0 || c == ';' || (c == '{' && !variable);
            if (ends) {
                break;
            }
            variable = c == '$';
            character(value);
        }
        tokens.add(new Token(value.toString(), false));
    }

    /** A backslash stands for itself, except before a quotation mark, a backslash and the letters t, r and n. */
    private void character(StringBuilder value) {
        char c = text.charAt(at);
        int escaped = c == '\\' && at + 1 < text.length() ? "\"'\\trn".indexOf(text.charAt(at + 1)) : -1;
        if (escaped >= 0) {
            value.append("\"'\\\t\r\n".charAt(escaped));
            at++;
        } else {
            value.append(c);
            if (c == '\\' && at + 1 < text.length()) {
                value.append(text.charAt(++at));
            }
        }
    }
}
