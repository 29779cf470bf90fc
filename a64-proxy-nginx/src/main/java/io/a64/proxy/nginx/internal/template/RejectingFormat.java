package io.a64.proxy.nginx.internal.template;

import freemarker.core.CommonMarkupOutputFormat;
import freemarker.core.CommonTemplateMarkupOutputModel;
import java.io.IOException;
import java.io.Writer;
import org.jspecify.annotations.Nullable;

/**
 * The second gate for values that enter a configuration: what could end a word there is refused, never escaped,
 * because NGINX has no escape for {@code $}. The first gate are the records, which accept even less.
 */
final class RejectingFormat extends CommonMarkupOutputFormat<RejectingFormat.Text> {

    static final RejectingFormat INSTANCE = new RejectingFormat();

    private static final String REFUSED = "{};$\"'\\#";
    private static final String REFUSED_IN_QUOTES = "$\"\\";
    private static final int LONGEST_QUOTED = 2048;

    private RejectingFormat() {}

    /** Text that passed, or that a template vouches for. */
    static final class Text extends CommonTemplateMarkupOutputModel<Text> {

        private final RejectingFormat format;

        private Text(RejectingFormat format, @Nullable String plain, @Nullable String markup) {
            super(plain, markup);
            this.format = format;
        }

        @Override
        public RejectingFormat getOutputFormat() {
            return format;
        }
    }

    @Override
    public String getName() {
        return "nginx";
    }

    @Override
    public String getMimeType() {
        return "text/plain";
    }

    @Override
    public void output(String value, Writer out) throws IOException {
        out.write(escapePlainText(value));
    }

    @Override
    public String escapePlainText(String value) {
        boolean refused =
                value.isEmpty() || value.chars().anyMatch(c -> c <= ' ' || c >= 0x7f || REFUSED.indexOf(c) >= 0);
        if (refused) {
            throw refusal(value);
        }
        return value;
    }

    /** Returns the text in quotation marks, as a value that passes the gate. */
    Text quoted(String value) {
        boolean refused = value.isEmpty()
                || value.length() > LONGEST_QUOTED
                || value.chars().anyMatch(c -> c < ' ' || c >= 0x7f || REFUSED_IN_QUOTES.indexOf(c) >= 0);
        if (refused) {
            throw refusal(value);
        }
        return new Text(this, null, '"' + value + '"');
    }

    private static IllegalArgumentException refusal(String value) {
        return new IllegalArgumentException(
                "a value may not enter an NGINX configuration: " + value.replaceAll("[^\\x20-\\x7e]", "?"));
    }

    @Override
    public boolean isLegacyBuiltInBypassed(String builtInName) {
        return true;
    }

    @Override
    protected Text newTemplateMarkupOutputModel(@Nullable String plainText, @Nullable String markup) {
        return new Text(this, plainText, markup);
    }
}
