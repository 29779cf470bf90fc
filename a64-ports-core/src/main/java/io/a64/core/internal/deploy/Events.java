package io.a64.core.internal.deploy;

import io.a64.deploy.event.DeploymentEvent;
import io.a64.deploy.event.DeploymentListener;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells listeners; what they throw is logged and goes no further. */
final class Events {

    private static final Logger log = LoggerFactory.getLogger(Events.class);

    private final List<DeploymentListener> listeners;

    Events(List<DeploymentListener> listeners) {
        this.listeners = listeners;
    }

    void emit(DeploymentEvent event) {
        log.debug("{}", event);
        for (DeploymentListener listener : listeners) {
            try {
                listener.onEvent(event);
            } catch (RuntimeException e) {
                log.warn("listener {} failed on {}", listener.getClass().getName(), event, e);
            }
        }
    }
}
