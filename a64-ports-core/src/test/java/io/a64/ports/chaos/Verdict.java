package io.a64.ports.chaos;

import java.util.List;

/**
 * What is wrong with a run; each text names the ports, the owners and the times.
 *
 * @param duplicates ports that two owners held at a time
 * @param tooSoon ports that were given out before their cooldown was over
 * @param lost acknowledged claims that the registry did not honour
 * @param leaked ports that are active in the registry although nobody holds them
 * @param broken calls that failed as none may
 */
record Verdict(
        List<String> duplicates, List<String> tooSoon, List<String> lost, List<String> leaked, List<String> broken) {

    boolean isClean() {
        return duplicates.isEmpty() && tooSoon.isEmpty() && lost.isEmpty() && leaked.isEmpty() && broken.isEmpty();
    }
}
