package io.a64.deploy.event;

/**
 * Is told of every step. Called on the deploying thread, one event after the other per deployment, several
 * deployments at once: must be quick and safe for use by several threads. What it throws is logged and changes nothing.
 */
@FunctionalInterface
public interface DeploymentListener {

    /** Takes an event. */
    void onEvent(DeploymentEvent event);
}
