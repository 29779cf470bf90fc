package io.a64.examples.benchmarks.ports;

import io.a64.examples.benchmarks.ports.Subject.Held;
import io.a64.examples.benchmarks.report.Turn;
import java.util.Iterator;
import java.util.concurrent.Semaphore;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Taking a port, as JMH measures it. JMH runs all iterations of one benchmark before those of the next, which would
 * give floor and ours different moods of the machine. So there is one benchmark, and its iterations take turns in the
 * order of {@link Turn#order}; JMH does the rest: it starts and stops the threads of an iteration together, and leaves
 * out of the time what belongs to an invocation but is not measured, which is giving the port back.
 */
@BenchmarkMode(Mode.Throughput)
public class AllocationTrial {

    /** Takes one port. */
    @Benchmark
    public void take(Rig rig, Hand hand) {
        hand.held = rig.subject.take();
    }

    /** What all threads share. The parameters are set by {@link Throughput}. */
    @State(Scope.Benchmark)
    @SuppressWarnings("NullAway.Init") // JMH sets up before it measures.
    public static class Rig {

        @Param("")
        String database;

        @Param("")
        String node;

        @Param("0")
        int ports;

        @Param("0")
        int rounds;

        @Param("0")
        long seed;

        private Connection connection;
        private Iterator<Turn> turns;
        private Subject floor;
        private Subject ours;
        /** With more threads than free ports, some wait here, outside of the time. */
        private Semaphore free;

        private Subject subject;

        /** Connects. */
        @Setup(Level.Trial)
        public void open() {
            connection = Connection.bare(database);
            Registry registry = Registry.open(connection.database(), node, ports);
            floor = Floor.beside(registry, connection.database());
            ours = Subject.ours(registry);
            turns = Turn.order(rounds, seed).iterator();
            free = new Semaphore(registry.statistics().totalAvailable());
        }

        /** Decides whose turn it is. */
        @Setup(Level.Iteration)
        public void next() {
            subject = turns.next() == Turn.FLOOR ? floor : ours;
        }

        /** Disconnects. */
        @TearDown(Level.Trial)
        public void close() {
            connection.close();
        }
    }

    /** What one thread holds. */
    @State(Scope.Thread)
    @SuppressWarnings("NullAway.Init") // JMH sets up before it measures.
    public static class Hand {

        private Held held;

        /** Waits until there is a free port to take. */
        @Setup(Level.Invocation)
        public void reach(Rig rig) {
            rig.free.acquireUninterruptibly();
        }

        /** Gives the port back. */
        @TearDown(Level.Invocation)
        public void open(Rig rig) {
            held.giveBack();
            rig.free.release();
        }
    }
}
