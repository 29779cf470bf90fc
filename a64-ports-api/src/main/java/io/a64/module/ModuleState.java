package io.a64.module;

import java.util.Locale;

/** Where a module is in its life. */
public enum ModuleState {
    /** A deployment is under way, or was cut off. */
    INSTALLING,
    /** It runs and its route is live. */
    RUNNING,
    /** It is being taken away, or that was cut off. */
    UNINSTALLING;

    /** Returns the name in lower case, as documents and answers show it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
