package io.a64.proxy.nginx.internal.control;

import java.util.Map;

/**
 * A process that a pid file names.
 *
 * @param pid what the file says, whatever that is
 * @param title what the process calls itself, empty if there is none
 * @param children the titles of its children by their ids
 */
public record ProcessFamily(String pid, String title, Map<Long, String> children) {

    static final String MASTER = "nginx: master process";

    public ProcessFamily {
        children = Map.copyOf(children);
    }

    /** Returns a family of which nothing lives. */
    static ProcessFamily extinct(String pid) {
        return new ProcessFamily(pid, "", Map.of());
    }

    /** Returns what the file names, for a message. */
    String names() {
        if (!pid.matches("[0-9]+")) {
            return "names no process";
        }
        return "names " + pid + ", which is " + (title.isEmpty() ? "no process" : "another program (" + title + ")");
    }

    boolean isNginx() {
        return title.startsWith(MASTER);
    }
}
