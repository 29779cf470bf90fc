package io.a64.proxy.nginx.internal.publish;

import io.a64.proxy.nginx.internal.NginxFailure;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;

/**
 * Finds the modules that NGINX refuses by testing sets of them: all, and if these are refused, parts of them, until
 * each offender stands alone. Where NGINX names a module, that one is set apart first; a wrong guess costs tests, never
 * a verdict, because nobody is judged unless NGINX accepts the same set without him. Of two that cannot live together
 * the one of the earlier {@link Standing} stays. For k offenders among n there are O(k log n) tests.
 */
final class Bisection {

    /** After so many names that did not help, NGINX's words are not listened to any more. */
    private static final int MOST_WRONG_GUESSES = 3;

    private final Trial trial;
    private final SortedMap<String, Standing> standings;
    private final BiFunction<NginxFailure, Collection<String>, Optional<String>> suspect;
    private final Set<String> accepted = new TreeSet<>();
    private final SortedMap<String, NginxFailure> refused = new TreeMap<>();
    private boolean grounded;
    private int wrongGuesses;

    /** Tests a set of modules. */
    @FunctionalInterface
    interface Trial {

        /** Returns NGINX's refusal, empty if it accepts. */
        Optional<NginxFailure> refusal(Set<String> modules) throws IOException, NginxFailure;
    }

    /**
     * @param standings all modules
     * @param suspect returns whom of these a refusal seems to speak of
     */
    Bisection(
            Trial trial,
            SortedMap<String, Standing> standings,
            BiFunction<NginxFailure, Collection<String>, Optional<String>> suspect) {
        this.trial = trial;
        this.standings = standings;
        this.suspect = suspect;
    }

    /**
     * Returns the offenders, each with what NGINX says. NGINX has accepted exactly the others.
     *
     * @throws NginxFailure if a test cannot be made, or if NGINX refuses even the configuration without any module
     */
    SortedMap<String, NginxFailure> offenders() throws IOException, NginxFailure {
        List<String> all = new ArrayList<>();
        for (Standing standing : Standing.values()) {
            all.addAll(of(standing, standings.keySet()));
        }
        add(all);
        return refused;
    }

    private List<String> of(Standing standing, Collection<String> modules) {
        return modules.stream()
                .filter(module -> standings.get(module) == standing)
                .toList();
    }

    /** Adds those of the modules that NGINX accepts beside the ones that it has accepted; returns whether all. */
    private boolean add(List<String> modules) throws IOException, NginxFailure {
        Optional<NginxFailure> refusal = trialWith(modules);
        if (refusal.isPresent()) {
            divide(modules, refusal.get());
            return false;
        }
        accepted.addAll(modules);
        grounded = true;
        return true;
    }

    private Optional<NginxFailure> trialWith(Collection<String> modules) throws IOException, NginxFailure {
        Set<String> candidate = new TreeSet<>(accepted);
        candidate.addAll(modules);
        return trial.refusal(candidate);
    }

    /** Goes on with modules that NGINX has refused together. */
    private void divide(List<String> modules, NginxFailure refusal) throws IOException, NginxFailure {
        Optional<String> named = wrongGuesses < MOST_WRONG_GUESSES ? suspect.apply(refusal, modules) : Optional.empty();
        if (named.isEmpty() || modules.size() < 2) {
            requireGround(refusal);
        }
        if (modules.size() < 2) {
            modules.forEach(module -> refused.put(module, refusal));
            return;
        }
        List<String> first = firstPart(modules, named);
        List<String> rest =
                modules.stream().filter(module -> !first.contains(module)).toList();
        if (add(first)) {
            divide(rest, refusal); // one of these it must have been
        } else if (add(rest) && rest.equals(named.stream().toList())) {
            wrongGuesses++;
        }
    }

    /** Nobody is to blame if NGINX refuses what there is without any of them. */
    private void requireGround(NginxFailure refusal) throws IOException, NginxFailure {
        if (grounded) {
            return;
        }
        Optional<NginxFailure> ofNobody = standings.isEmpty() ? Optional.of(refusal) : trialWith(List.of());
        if (ofNobody.isPresent()) {
            throw ofNobody.get();
        }
        grounded = true;
    }

    private List<String> firstPart(List<String> modules, Optional<String> named) {
        if (named.isPresent() && standings.get(named.get()) != Standing.LIVE) {
            return without(modules, named.get());
        }
        for (Standing standing : List.of(Standing.LIVE, Standing.CHANGED)) {
            List<String> group = of(standing, modules);
            if (!group.isEmpty() && group.size() < modules.size()) {
                return group;
            }
        }
        return named.map(module -> without(modules, module)).orElse(modules.subList(0, modules.size() / 2));
    }

    private static List<String> without(List<String> modules, String one) {
        return modules.stream().filter(module -> !module.equals(one)).toList();
    }
}
