package io.a64.examples.benchmarks.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Whose turn it is to be measured. */
public enum Turn {
    /** What ours is compared to. */
    FLOOR,
    /** The library. */
    OURS;

    /** How many turns come before the rounds, to warm up. */
    public static final int WARM_UPS = 2;

    /** How many turns make a round: the floor has two, and what lies between these is the noise of the machine. */
    public static final int PER_ROUND = 3;

    /** Returns all turns: both warm up, then every round has its turns in an order of its own. */
    public static List<Turn> order(int rounds, long seed) {
        List<Turn> order = new ArrayList<>(List.of(FLOOR, OURS));
        Random random = new Random(seed);
        for (int i = 0; i < rounds; i++) {
            List<Turn> round = Arrays.asList(FLOOR, OURS, FLOOR);
            Collections.shuffle(round, random);
            order.addAll(round);
        }
        return order;
    }
}
