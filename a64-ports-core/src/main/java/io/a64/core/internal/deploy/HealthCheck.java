package io.a64.core.internal.deploy;

import io.a64.Deadline;
import io.a64.deploy.DeployerHealth;
import io.a64.spi.Component;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Asks all parts at once whether they can do their work, so that several that hang cost no more time than one. A part is
 * asked once at a time, whoever wants to know: however many callers there are, there is one thread per part at most, a
 * daemon {@code a64-health} that ends when nobody has asked for a while.
 */
final class HealthCheck implements AutoCloseable {

    private static final Duration PING_LIMIT = Duration.ofSeconds(2);
    /** What a part says for itself is better than our word that it said nothing. */
    private static final Duration GRACE = Duration.ofMillis(200);

    private static final long IDLE_SECONDS = 30;

    private final ExecutorService threads;
    private final List<Watch> watches;

    HealthCheck(Parts parts) {
        watches = List.of(
                new Watch("allocator", parts.allocator()),
                new Watch("records", parts.store()),
                new Watch("runtime", parts.runtime()),
                new Watch("routes", parts.routes()));
        threads = new ThreadPoolExecutor(
                0, Integer.MAX_VALUE, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), work -> {
                    Thread thread = new Thread(work, "a64-health");
                    thread.setDaemon(true);
                    return thread;
                });
    }

    /** Returns how the parts are, within little more than two seconds. */
    DeployerHealth look() {
        Map<Watch, Future<DeployerHealth.Part>> questions = new LinkedHashMap<>();
        watches.forEach(watch -> questions.put(watch, watch.asked()));
        Deadline deadline = Deadline.after(PING_LIMIT.plus(GRACE));
        return new DeployerHealth(questions.entrySet().stream()
                .map(asked -> asked.getKey().answer(asked.getValue(), deadline))
                .toList());
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    /** A part, and the question to it that is under way. */
    private final class Watch {

        private final String role;
        private final Component part;
        private @Nullable Future<DeployerHealth.Part> question;

        private Watch(String role, Component part) {
            this.role = role;
            this.part = part;
        }

        private synchronized Future<DeployerHealth.Part> asked() {
            if (question == null || question.isDone()) {
                question = threads.submit(this::ping);
            }
            return question;
        }

        private DeployerHealth.Part ping() {
            try {
                part.ping(Deadline.after(PING_LIMIT));
                return with(Optional.empty());
            } catch (RuntimeException e) {
                return down(String.valueOf(e.getMessage()));
            }
        }

        private DeployerHealth.Part answer(Future<DeployerHealth.Part> awaited, Deadline deadline) {
            try {
                return awaited.get(deadline.remainingMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                return down("no answer within " + PING_LIMIT.toSeconds() + " s");
            } catch (ExecutionException e) {
                return down(String.valueOf(e.getCause()));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return down("the thread that asked was interrupted");
            }
        }

        private DeployerHealth.Part down(String problem) {
            return with(Optional.of(problem));
        }

        private DeployerHealth.Part with(Optional<String> problem) {
            return new DeployerHealth.Part(role, part.name(), problem);
        }
    }
}
