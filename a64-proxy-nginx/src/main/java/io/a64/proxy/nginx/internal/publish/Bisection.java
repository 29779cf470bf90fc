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
        List<String> open = new ArrayList<>();
        for (Standing standing : Standing.values()) {
            open.addAll(of(standing, standings.keySet()));
        }
        Optional<NginxFailure> refusal = add(open);
        while (refusal.isPresent()) {
            String offender = narrowDown(open, refusal.get());
            open.removeIf(module -> module.equals(offender) || accepted.contains(module));
            refusal = open.isEmpty() ? Optional.empty() : add(open);
        }
        return refused;
    }

    private List<String> of(Standing standing, Collection<String> modules) {
        return modules.stream()
                .filter(module -> standings.get(module) == standing)
                .toList();
    }

    /** Adds the modules to those that are accepted, if NGINX accepts them together. */
    private Optional<NginxFailure> add(Collection<String> modules) throws IOException, NginxFailure {
        Set<String> candidate = new TreeSet<>(accepted);
        candidate.addAll(modules);
        Optional<NginxFailure> refusal = trial.refusal(candidate);
        if (refusal.isEmpty()) {
            accepted.addAll(modules);
            grounded = true;
        }
        return refusal;
    }

    /** Finds one offender among modules that NGINX has refused beside the accepted ones. */
    private String narrowDown(List<String> together, NginxFailure why) throws IOException, NginxFailure {
        List<String> suspects = together;
        NginxFailure refusal = why;
        requireGround(suspects, refusal);
        while (suspects.size() > 1) {
            Optional<String> named = named(suspects, refusal);
            List<String> first = firstPart(suspects, named);
            Optional<NginxFailure> ofFirst = add(first);
            if (ofFirst.isEmpty()) {
                suspects = without(suspects, Set.copyOf(first)); // one of these it must have been
            } else {
                wrongGuesses += named.isPresent() ? 1 : 0;
                suspects = first;
                refusal = ofFirst.get();
            }
            requireGround(suspects, refusal);
        }
        refused.put(suspects.get(0), refusal);
        return suspects.get(0);
    }

    private Optional<String> named(List<String> suspects, NginxFailure refusal) {
        return wrongGuesses < MOST_WRONG_GUESSES ? suspect.apply(refusal, suspects) : Optional.empty();
    }

    /**
     * Nobody is to blame if NGINX refuses what there is without any of them. It is not asked that as long as there is
     * somebody whom it is more likely to mean.
     */
    private void requireGround(List<String> suspects, NginxFailure refusal) throws IOException, NginxFailure {
        boolean likely = named(suspects, refusal).isPresent()
                || !of(Standing.WITHHELD, suspects).isEmpty();
        if (grounded || (suspects.size() > 1 && likely)) {
            return;
        }
        Optional<NginxFailure> ofNobody = standings.isEmpty() ? Optional.of(refusal) : add(List.of());
        if (ofNobody.isPresent()) {
            throw ofNobody.get();
        }
    }

    private List<String> firstPart(List<String> suspects, Optional<String> named) {
        if (named.isPresent() && standings.get(named.get()) != Standing.LIVE) {
            return without(suspects, Set.of(named.get()));
        }
        for (Standing standing : List.of(Standing.WITHHELD, Standing.CHANGED)) {
            List<String> group = of(standing, suspects);
            if (!group.isEmpty() && group.size() < suspects.size()) {
                return without(suspects, Set.copyOf(group));
            }
        }
        return named.map(module -> without(suspects, Set.of(module))).orElse(suspects.subList(0, suspects.size() / 2));
    }

    private static List<String> without(List<String> modules, Set<String> some) {
        return modules.stream().filter(module -> !some.contains(module)).toList();
    }
}
