package io.a64.deploy.event;

import java.util.Locale;

/** The steps of a deployment, in order. Undoing and undeploying go through them backwards. */
public enum DeploymentStep {
    /** Policies are asked: licence, image. */
    ADMIT,
    /** External ports are reserved. */
    ALLOCATE,
    /** The module's record is written; from now on no other deployment of this module can begin. */
    RECORD,
    /** The network that modules share is found. */
    NETWORK,
    /** The container is created. */
    CREATE,
    /** Its process is started. */
    START,
    /** The module answers. */
    READY,
    /** The proxy serves the route. */
    PUBLISH,
    /** A request through the proxy has reached the module. */
    PROVE,
    /** Ports are confirmed and the record says running. */
    ACTIVATE;

    /** Returns the name in lower case, as events and errors show it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
