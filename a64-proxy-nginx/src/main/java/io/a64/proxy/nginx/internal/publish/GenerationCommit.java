package io.a64.proxy.nginx.internal.publish;

import io.a64.Deadline;
import io.a64.proxy.Route;
import io.a64.proxy.RouteException;
import io.a64.proxy.nginx.internal.NginxFailure;
import io.a64.proxy.nginx.internal.control.NginxControl;
import io.a64.proxy.nginx.internal.disk.GenerationDirectory;
import io.a64.proxy.nginx.internal.disk.ProcessLock;
import io.a64.proxy.nginx.internal.generation.Generation;
import io.a64.proxy.nginx.internal.generation.GenerationRenderer;
import io.a64.proxy.nginx.internal.generation.RenderedGeneration;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings one generation into force: staged, tested, swapped, reloaded and proven, or everything as it was. */
public final class GenerationCommit {

    private static final Logger log = LoggerFactory.getLogger(GenerationCommit.class);

    private final GenerationDirectory directory;
    private final GenerationRenderer renderer;
    private final NginxControl nginx;
    private final Reloader reloader;

    public GenerationCommit(
            GenerationDirectory directory, GenerationRenderer renderer, NginxControl nginx, Reloader reloader) {
        this.directory = directory;
        this.renderer = renderer;
        this.nginx = nginx;
        this.reloader = reloader;
    }

    /**
     * Makes changes to what is in force, while no other process does.
     *
     * @return the changes that are in force now; the others have been told their failure
     * @throws NginxFailure if none is; the former generation is in force then
     */
    List<Change> run(List<Change> changes, Deadline deadline) throws NginxFailure {
        if (deadline.hasPassed()) {
            throw NginxFailure.deadline("the deadline has passed");
        }
        try (ProcessLock lock = ProcessLock.acquire(directory.lockFile(), deadline)) {
            log.trace("{} held", lock);
            Optional<Generation> former = directory.current();
            Map<String, Route> routes = new TreeMap<>();
            former.ifPresent(generation -> generation.routes().forEach(route -> routes.put(route.module(), route)));
            List<Change> applied = applied(changes, routes);
            long number = former.map(Generation::number).orElse(0L) + 1;
            RenderedGeneration next =
                    renderer.render(number, nginx.asSeen(directory.home(), deadline), routes.values());
            if (isInForce(former, next)) {
                ensureServed(former, applied, deadline);
            } else {
                nginx.requireRunning(deadline);
                bringIntoForce(next, former, deadline);
            }
            return applied;
        } catch (IOException e) {
            throw NginxFailure.unavailable("the configuration directory cannot be used: " + e, List.of());
        }
    }

    /** No routes and no generation are the same thing. */
    private static boolean isInForce(Optional<Generation> former, RenderedGeneration next) {
        return former.map(Generation::digest).map(next.digest()::equals).orElse(next.isEmpty());
    }

    /** What disk says already, NGINX has to serve too; one that does not run serves nothing that would be in the way. */
    private void ensureServed(Optional<Generation> former, List<Change> applied, Deadline deadline)
            throws IOException, NginxFailure {
        boolean onlyRemovals = applied.stream().allMatch(Change::isRemoval);
        if (onlyRemovals && !nginx.isRunning(deadline)) {
            return;
        }
        nginx.requireRunning(deadline);
        String id = former.map(Generation::id).orElse("");
        if (former.isPresent() && directory.linkModules()) {
            reloader.reload(id, deadline);
        } else {
            reloader.ensureServed(id, deadline);
        }
    }

    private static List<Change> applied(List<Change> changes, Map<String, Route> routes) {
        List<Change> applied = new ArrayList<>();
        for (Change change : changes) {
            try {
                change.apply(routes);
                applied.add(change);
            } catch (RouteException e) {
                change.fail(e);
            }
        }
        return applied;
    }

    private void bringIntoForce(RenderedGeneration next, Optional<Generation> former, Deadline deadline)
            throws IOException, NginxFailure {
        Path staged = directory.stage(next);
        try {
            nginx.test(directory.currentLink(), staged, deadline);
        } catch (NginxFailure e) {
            directory.discard(staged);
            throw e;
        }
        try {
            directory.switchTo(staged);
            reloader.reload(next.id(), deadline);
        } catch (IOException | NginxFailure e) {
            goBack(former, staged, e);
            throw e;
        }
        log.debug("generation {} is live", next.id());
        prune(next.number());
    }

    private void prune(long newest) {
        try {
            directory.prune(newest);
        } catch (IOException e) {
            log.warn("old generations before {} cannot be removed", newest, e);
        }
    }

    /** An interrupt has to wait: a proxy that serves what is not on disk any more is worse than a late answer. */
    private void goBack(Optional<Generation> former, Path failed, Exception failure) {
        boolean interrupted = Thread.interrupted();
        try {
            directory.switchBack(former, failed);
            reloader.reloadAfterFailure(former.map(Generation::id).orElse(""));
        } catch (IOException | NginxFailure e) {
            failure.addSuppressed(e);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
