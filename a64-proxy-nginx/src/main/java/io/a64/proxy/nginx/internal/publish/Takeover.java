package io.a64.proxy.nginx.internal.publish;

import io.a64.proxy.nginx.internal.NginxFailure;
import io.a64.proxy.nginx.internal.disk.GenerationDirectory;
import io.a64.proxy.nginx.internal.disk.StagedGeneration;
import io.a64.proxy.nginx.internal.generation.Generation;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts a tested generation into the place of the former one and makes NGINX serve it, or everything as it was. */
final class Takeover {

    private static final Logger log = LoggerFactory.getLogger(Takeover.class);

    private final GenerationDirectory directory;
    private final Reloader reloader;
    private final Pace pace;
    private final Step.Listener steps;

    Takeover(GenerationDirectory directory, Reloader reloader, Pace pace, Step.Listener steps) {
        this.directory = directory;
        this.reloader = reloader;
        this.pace = pace;
        this.steps = steps;
    }

    void run(Situation situation, StagedGeneration staged, Generation next) throws IOException, NginxFailure {
        try {
            directory.switchTo(staged, next);
            steps.reached(Step.SWITCHED);
            pace.spend(situation.lock());
            reloader.reload(next.id(), situation.deadline(), () -> {
                steps.reached(Step.SIGNALLED);
                directory.sync();
                prune(next.number());
                steps.reached(Step.PRUNED);
            });
        } catch (IOException | NginxFailure e) {
            goBack(situation, staged, e);
            throw e;
        }
        steps.reached(Step.PROVEN);
        log.debug("generation {} is live", next.id());
    }

    private void prune(long newest) {
        try {
            directory.prune(newest);
        } catch (IOException e) {
            log.warn("old generations before {} cannot be removed", newest, e);
        }
    }

    /** An interrupt has to wait: a proxy that serves what is not on disk any more is worse than a late answer. */
    private void goBack(Situation situation, StagedGeneration failed, Exception failure) {
        boolean interrupted = Thread.interrupted();
        try {
            directory.switchBack(situation.inForce(), failed);
            steps.reached(Step.SWITCHED_BACK);
            pace.spend(situation.lock());
            reloader.reloadAfterFailure(situation.servedId());
        } catch (IOException | NginxFailure e) {
            failure.addSuppressed(e);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
