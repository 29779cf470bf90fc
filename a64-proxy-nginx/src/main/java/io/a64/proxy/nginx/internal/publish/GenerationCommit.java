package io.a64.proxy.nginx.internal.publish;

import io.a64.Deadline;
import io.a64.proxy.nginx.internal.NginxFailure;
import io.a64.proxy.nginx.internal.control.NginxControl;
import io.a64.proxy.nginx.internal.disk.GenerationDirectory;
import io.a64.proxy.nginx.internal.disk.ProcessLock;
import io.a64.proxy.nginx.internal.disk.StagedGeneration;
import io.a64.proxy.nginx.internal.generation.Generation;
import io.a64.proxy.nginx.internal.generation.GenerationRenderer;
import io.a64.proxy.nginx.internal.generation.OperatorHttp;
import io.a64.proxy.nginx.internal.generation.RenderedGeneration;
import io.a64.proxy.nginx.internal.generation.Surroundings;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes one generation of some changes: staged and tested, without those that NGINX refuses, and taken into force. */
public final class GenerationCommit {

    private static final Logger log = LoggerFactory.getLogger(GenerationCommit.class);

    private final GenerationDirectory directory;
    private final GenerationRenderer renderer;
    private final NginxControl nginx;
    private final String listen;
    private final Reloader reloader;
    private final Pace pace;
    private final Step.Listener steps;
    private final Takeover takeover;

    /**
     * @param listen where NGINX serves path routes, as {@code port} or {@code address:port}
     * @param steps hears of each step
     */
    public GenerationCommit(
            GenerationDirectory directory,
            GenerationRenderer renderer,
            NginxControl nginx,
            String listen,
            Reloader reloader,
            Pace pace,
            Step.Listener steps) {
        this.directory = directory;
        this.renderer = renderer;
        this.nginx = nginx;
        this.listen = listen;
        this.reloader = reloader;
        this.pace = pace;
        this.steps = steps;
        this.takeover = new Takeover(directory, reloader, pace, steps);
    }

    /**
     * Makes changes to what is in force, while no other process does. Changes that NGINX refuses, or that want what
     * others hold, are told their failure; the others are in force afterwards.
     *
     * @return nothing, or, if it is too early for another reload and nothing was done, how long to wait
     * @throws NginxFailure if no change is in force; the former generation is in force then
     */
    Optional<Duration> run(List<Change> changes, Deadline deadline) throws NginxFailure {
        if (deadline.hasPassed()) {
            throw NginxFailure.deadline("the deadline has passed");
        }
        try (ProcessLock lock = ProcessLock.acquire(directory.lockFile(), deadline)) {
            steps.reached(Step.LOCKED);
            Surroundings around = around(deadline);
            Situation situation = new Situation(
                    lock,
                    directory.current(),
                    (number, routes, withheld) -> renderer.render(number, around, routes, withheld),
                    deadline);
            return run(changes, situation);
        } catch (IOException e) {
            throw NginxFailure.unavailable("the configuration directory cannot be used: " + e, List.of());
        }
    }

    private Surroundings around(Deadline deadline) throws NginxFailure {
        return new Surroundings(nginx.asSeen(directory.home(), deadline), OperatorHttp.of(nginx.mainText(deadline)));
    }

    private Optional<Duration> run(List<Change> changes, Situation situation) throws IOException, NginxFailure {
        List<String> edits = directory.foreignEdits(situation.inForce());
        Plan plan = Plan.of(situation.inForce(), changes);
        if (edits.isEmpty()
                && situation.isInForce(situation.rendered(plan.routes().values(), plan.withheld()))) {
            ensureServed(plan, situation);
            return Optional.empty();
        }
        nginx.requireRunning(situation.deadline());
        Duration early = pace.untilNext(situation.lock());
        if (!early.isZero()) {
            return Optional.of(early);
        }
        edits.forEach(edit -> log.warn("{}; the next generation is without this edit", edit));
        rehearse(changes, situation, !edits.isEmpty());
        return Optional.empty();
    }

    /** What disk says already, NGINX has to serve too; one that does not run serves nothing that is in the way. */
    private void ensureServed(Plan plan, Situation situation) throws IOException, NginxFailure {
        if (plan.onlyRemoves() && !nginx.isRunning(situation.deadline())) {
            return;
        }
        nginx.requireRunning(situation.deadline());
        if (situation.inForce().isPresent()) {
            directory.putLinks();
        }
        if (!reloader.serves(situation.servedId(), situation.deadline())) {
            pace.spend(situation.lock());
            reloader.reload(situation.servedId(), situation.deadline());
        }
    }

    private void rehearse(List<Change> changes, Situation situation, boolean edited) throws IOException, NginxFailure {
        StagedGeneration staged = directory.stage(situation.next(), situation.inForce());
        Selection selection;
        RenderedGeneration next;
        try {
            steps.reached(Step.BEGUN);
            Rehearsal rehearsal = new Rehearsal(situation, nginx, directory.currentLink(), staged, steps);
            ListenPorts ports = new ListenPorts(nginx, listen, situation.inForce());
            selection = Selection.of(situation.inForce(), changes, ports, rehearsal);
            next = situation.rendered(selection.plan().routes().values(), selection.withheld());
            staged.hold(next);
            staged.sync();
            steps.reached(Step.SYNCED);
        } catch (IOException | NginxFailure | RuntimeException e) {
            discard(staged, e);
            throw e;
        }
        if (!edited && situation.isInForce(next)) {
            directory.discard(staged);
            ensureServed(selection.plan(), situation);
        } else {
            takeover.run(situation, staged, next.generation());
            show(next, situation);
            tellOfWithheld(situation.inForce(), next.generation());
        }
    }

    /** What is served does not depend on it. */
    private void show(RenderedGeneration now, Situation situation) {
        try {
            directory.show(now, situation.inForce());
        } catch (IOException e) {
            log.warn("what an operator is shown of the modules could not be brought up to date", e);
        }
    }

    private void discard(StagedGeneration staged, Exception failure) {
        try {
            directory.discard(staged);
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }

    private static void tellOfWithheld(Optional<Generation> former, Generation now) {
        now.withheld().forEach((module, why) -> {
            if (former.filter(before -> before.withheld().containsKey(module)).isEmpty()) {
                log.warn("the route of module {} is withheld until NGINX accepts it: {}", module, why.reason());
            }
        });
        former.ifPresent(before -> before.withheld().keySet().stream()
                .filter(module -> !now.withheld().containsKey(module))
                .forEach(module -> log.info("the route of module {} is not withheld any more", module)));
    }
}
