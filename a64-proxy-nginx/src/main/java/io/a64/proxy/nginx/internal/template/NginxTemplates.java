package io.a64.proxy.nginx.internal.template;

import freemarker.cache.ClassTemplateLoader;
import freemarker.core.TemplateClassResolver;
import freemarker.template.Configuration;
import freemarker.template.SimpleObjectWrapper;
import freemarker.template.TemplateException;
import freemarker.template.TemplateExceptionHandler;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TimeZone;

/**
 * Renders our own templates. {@code [=x]} is the only interpolation, so that NGINX's {@code $x} and {@code ${x}} pass
 * untouched; the model holds text, numbers, booleans, lists and maps only. Immutable, safe for use by several threads.
 */
public final class NginxTemplates {

    private final Configuration configuration;

    public NginxTemplates() {
        Configuration freemarker = new Configuration(Configuration.VERSION_2_3_34);
        freemarker.setInterpolationSyntax(Configuration.SQUARE_BRACKET_INTERPOLATION_SYNTAX);
        freemarker.setTagSyntax(Configuration.ANGLE_BRACKET_TAG_SYNTAX);
        freemarker.setNewBuiltinClassResolver(TemplateClassResolver.ALLOWS_NOTHING_RESOLVER);
        freemarker.setAPIBuiltinEnabled(false);
        freemarker.setRecognizeStandardFileExtensions(false);
        freemarker.setOutputFormat(RejectingFormat.INSTANCE);
        freemarker.setAutoEscapingPolicy(Configuration.ENABLE_IF_SUPPORTED_AUTO_ESCAPING_POLICY);
        freemarker.setNumberFormat("c");
        freemarker.setLocale(Locale.ROOT);
        freemarker.setTimeZone(TimeZone.getTimeZone("UTC"));
        freemarker.setDefaultEncoding(StandardCharsets.UTF_8.name());
        freemarker.setObjectWrapper(new SimpleObjectWrapper(Configuration.VERSION_2_3_34));
        freemarker.setTemplateLoader(new ClassTemplateLoader(NginxTemplates.class, ""));
        freemarker.setLocalizedLookup(false);
        freemarker.setTemplateExceptionHandler(TemplateExceptionHandler.RETHROW_HANDLER);
        freemarker.setLogTemplateExceptions(false);
        freemarker.setWrapUncheckedExceptions(true);
        this.configuration = freemarker;
    }

    /**
     * Returns a text as one word in quotation marks, the only way for blanks and semicolons into a configuration.
     *
     * @throws IllegalArgumentException if it could end the quotation, or would not stand for itself in it
     */
    public static Object quoted(String text) {
        return RejectingFormat.INSTANCE.quoted(text);
    }

    /**
     * Renders a template of this package.
     *
     * @throws IllegalArgumentException if a value may not enter a configuration
     */
    public String render(String template, Map<String, ?> model) {
        StringWriter text = new StringWriter();
        try {
            configuration.getTemplate(template).process(model, text);
        } catch (TemplateException e) {
            throw new IllegalArgumentException("template " + template + " refuses its values: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException("template " + template + " cannot be read", e);
        }
        return text.toString();
    }
}
