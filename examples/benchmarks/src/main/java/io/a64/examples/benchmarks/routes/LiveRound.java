package io.a64.examples.benchmarks.routes;

import io.a64.examples.benchmarks.routes.front.Front.Reload;
import io.a64.examples.benchmarks.routes.front.HandWritten;
import io.a64.examples.benchmarks.routes.front.Ours;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/**
 * A change by hand, one by the library, one by hand again, and the library's files reloaded as they are; times in
 * milliseconds.
 *
 * @param byHand the first change by hand
 * @param byHandAgain the second one
 * @param bare the reload of the library's files
 * @param ours from {@code publish} until it was proven
 */
record LiveRound(Reload byHand, Reload byHandAgain, Reload bare, double ours) {

    static LiveRound run(HandWritten byHand, Ours ours, int number, Extent extent)
            throws IOException, InterruptedException {
        pause(extent);
        byHand.redeployFirst(2 * number);
        Reload first = byHand.front().reload();
        pause(extent);
        long start = System.nanoTime();
        ours.routes().redeployFirst(number);
        double millis = (System.nanoTime() - start) / 1e6;
        pause(extent);
        byHand.redeployFirst(2 * number + 1);
        Reload again = byHand.front().reload();
        pause(extent);
        return new LiveRound(first, again, ours.front().reload(), millis);
    }

    private static void pause(Extent extent) throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(extent.pause().toMillis());
    }

    double byHandAnswered() {
        return (byHand.answered() + byHandAgain.answered()) / 2;
    }

    double byHandRetired() {
        return (byHand.retired() + byHandAgain.retired()) / 2;
    }

    /** Returns what the machine makes of the same thing done twice. */
    double noise() {
        return byHandAgain.retired() / byHand.retired();
    }
}
