package io.a64.proxy.nginx;

import io.a64.Deadline;
import io.a64.proxy.Route;
import io.a64.proxy.RouteOptions;
import io.a64.proxy.Upstream;
import io.a64.proxy.nginx.internal.publish.Step;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** A writer in a JVM of its own that gets a SIGKILL after a certain step of its only change. */
final class DoomedWriter {

    private DoomedWriter() {}

    public static void main(String[] arguments) {
        int port = Integer.parseInt(arguments[1].replaceFirst(".*:", ""));
        Step last = Step.valueOf(arguments[5]);
        NginxRouteWriter writer = NginxRouteWriter.using(NginxUnderTest.settings(Path.of(arguments[0]), port), step -> {
            if (step == last) {
                die();
            }
        });
        Upstream upstream = new Upstream("127.0.0.1", Integer.parseInt(arguments[4]));
        String path = "/" + arguments[2] + "/";
        writer.publish(
                Route.onPath(
                        arguments[2], Integer.parseInt(arguments[3]), path, List.of(upstream), RouteOptions.defaults()),
                Deadline.after(Duration.ofMinutes(1)));
    }

    private static void die() {
        try {
            new ProcessBuilder(
                            "kill", "-9", Long.toString(ProcessHandle.current().pid()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        while (true) {
            LockSupport.park(); // the signal is on its way
        }
    }
}
