package io.a64.examples.benchmarks.report;

import java.util.ArrayList;
import java.util.List;

/**
 * What the turns of one round showed, all in the same unit.
 *
 * @param floor the floor's first turn
 * @param floorAgain its second turn
 * @param ours our turn
 */
public record Round(double floor, double floorAgain, double ours) {

    /** Sorts scores into rounds; the turns are in the order of the scores. */
    public static List<Round> of(List<Turn> turns, List<Double> scores) {
        List<Round> rounds = new ArrayList<>();
        for (int first = 0; first < turns.size(); first += Turn.PER_ROUND) {
            List<Double> floors = new ArrayList<>();
            double ours = 0;
            for (int i = first; i < first + Turn.PER_ROUND; i++) {
                if (turns.get(i) == Turn.FLOOR) {
                    floors.add(scores.get(i));
                } else {
                    ours = scores.get(i);
                }
            }
            rounds.add(new Round(floors.get(0), floors.get(1), ours));
        }
        return rounds;
    }

    /** Returns the mean of the floor's turns. */
    public double meanFloor() {
        return (floor + floorAgain) / 2;
    }

    /** Returns how near ours comes to the floor. */
    public double ratio() {
        return ours / meanFloor();
    }

    /** Returns what the machine makes of the same thing done twice. */
    public double noise() {
        return floorAgain / floor;
    }
}
