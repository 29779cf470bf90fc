package io.a64.ports;

/** What has become of ports that are given back, which decides how soon somebody else may get them. */
public enum PortUse {
    /** Nothing was ever bound to them: free at once. */
    NEVER_BOUND,
    /** A container had them: free after the cooldown. */
    WAS_BOUND
}
