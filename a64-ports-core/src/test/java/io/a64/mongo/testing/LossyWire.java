package io.a64.mongo.testing;

import io.a64.test.services.MongodProcess;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A wire between a client and a server that loses or delays one message when it is told to. What it does it does once,
 * with the first message of the named command, and counts. Safe for use by several threads.
 */
public final class LossyWire implements AutoCloseable {
    private static final int HEADER = 16;
    /** Header, flags, the kind of the section, the length of the document, the type of its first field. */
    private static final int FIRST_KEY = HEADER + 4 + 1 + 4 + 1;

    private final ServerSocket listener;
    private final int serverPort;
    private final AtomicReference<Plan> plan = new AtomicReference<>();
    private final AtomicInteger happened = new AtomicInteger();
    private volatile CountDownLatch caught = new CountDownLatch(1);
    private volatile CountDownLatch release = new CountDownLatch(1);
    private volatile CountDownLatch answered = new CountDownLatch(1);

    private enum Fate {
        LOSE_REQUEST,
        LOSE_REPLY,
        DELAY
    }

    private record Plan(Fate fate, String command) {}

    /** Listens for clients of a server of the test's own. */
    public LossyWire(MongodProcess server) {
        serverPort =
                Integer.parseInt(server.address().substring(server.address().lastIndexOf(':') + 1));
        try {
            listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        daemon("wire", this::accept);
    }

    /** Returns the connection string of the server, by this wire. */
    public String uri() {
        return "mongodb://127.0.0.1:" + listener.getLocalPort() + "/?directConnection=true&heartbeatFrequencyMS=500";
    }

    /** Cuts the connection instead of forwarding the next such command. */
    public void loseRequest(String command) {
        plan(Fate.LOSE_REQUEST, command);
    }

    /** Forwards the next such command, and cuts the connection instead of returning the answer. */
    public void loseReply(String command) {
        plan(Fate.LOSE_REPLY, command);
    }

    /** Holds the next such command back until {@link #letGo}, whatever becomes of the client meanwhile. */
    public void delay(String command) {
        plan(Fate.DELAY, command);
    }

    private void plan(Fate fate, String command) {
        caught = new CountDownLatch(1);
        release = new CountDownLatch(1);
        answered = new CountDownLatch(1);
        plan.set(new Plan(fate, command));
    }

    /** Returns when the planned message is lost, or held back. */
    public void awaitCaught() {
        await(caught);
    }

    /** Forwards what is held back, and returns when the server has answered it. */
    public void letGo() {
        release.countDown();
        await(answered);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for a message", e);
        }
    }

    /** Returns how many plans have come true. */
    public int happened() {
        return happened.get();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listener.accept();
                Socket server = new Socket(InetAddress.getLoopbackAddress(), serverPort);
                new Line(client, server).start();
            }
        } catch (IOException e) {
            // Closed: the test is over.
        }
    }

    private static void daemon(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        release.countDown();
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One connection. */
    private final class Line {
        private final Socket client;
        private final Socket server;
        private volatile Fate fate;

        private Line(Socket client, Socket server) {
            this.client = client;
            this.server = server;
        }

        private void start() {
            daemon("requests", () -> pump(client, server, this::request));
            daemon("replies", () -> pump(server, client, this::reply));
        }

        private void pump(Socket from, Socket to, Judge judge) {
            try {
                DataInputStream in = new DataInputStream(from.getInputStream());
                OutputStream out = to.getOutputStream();
                for (byte[] message = read(in); judge.allows(message); message = read(in)) {
                    out.write(message);
                    out.flush();
                }
            } catch (IOException e) {
                // One end is gone; so is the other.
            }
            if (fate != Fate.DELAY) {
                hangUp();
            }
        }

        private boolean request(byte[] message) {
            Plan next = plan.get();
            if (next == null || !next.command().equals(command(message)) || !plan.compareAndSet(next, null)) {
                return true;
            }
            fate = next.fate();
            happened.incrementAndGet();
            caught.countDown();
            if (fate == Fate.DELAY) {
                await(release);
            }
            return fate != Fate.LOSE_REQUEST;
        }

        private boolean reply(byte[] message) {
            Fate mine = fate;
            if (mine == Fate.DELAY) {
                fate = null;
                answered.countDown();
            }
            return mine != Fate.LOSE_REPLY;
        }

        private void hangUp() {
            try (client;
                    server) {
                client.shutdownInput();
            } catch (IOException e) {
                // Closed already.
            }
        }
    }

    /** Whether a message goes on. */
    @FunctionalInterface
    private interface Judge {
        boolean allows(byte[] message);
    }

    private static byte[] read(DataInputStream in) throws IOException {
        byte[] header = new byte[HEADER];
        in.readFully(header);
        int length = ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN).getInt();
        byte[] message = new byte[length];
        System.arraycopy(header, 0, message, 0, HEADER);
        in.readFully(message, HEADER, length - HEADER);
        return message;
    }

    private static String command(byte[] message) {
        int end = FIRST_KEY;
        while (end < message.length && message[end] != 0) {
            end++;
        }
        return end < message.length ? new String(message, FIRST_KEY, end - FIRST_KEY, StandardCharsets.UTF_8) : "";
    }
}
