package io.a64.examples.host.settings;

/** Shows values without what must not stand in a log. */
final class Secrets {

    private static final int SHOWN = 200;

    private Secrets() {}

    static String hidden(Variable variable, String value) {
        if (variable == Variable.A64_API_TOKEN) {
            return "(not shown, " + value.length() + " characters)";
        }
        String line = value.replaceAll("\\p{Cntrl}", "?");
        String plain = line.replaceFirst("//[^/]*@", "//***@");
        return plain.length() <= SHOWN ? plain : plain.substring(0, SHOWN) + "…";
    }
}
