package io.a64.proxy.testkit;

import io.a64.proxy.testkit.RawHttp.Answer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** A client's connection, on which bytes go out as they are given and come in as they arrive, one character per byte. */
final class RawConnection implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 10_000;

    private final Socket socket;

    private RawConnection(Socket socket) {
        this.socket = socket;
    }

    static RawConnection to(URI base) {
        try {
            Socket socket = new Socket(base.getHost(), base.getPort() < 0 ? 80 : base.getPort());
            socket.setSoTimeout(PATIENCE_MILLIS);
            return new RawConnection(socket);
        } catch (IOException e) {
            throw new AssertionError("no connection to " + base, e);
        }
    }

    RawConnection send(String text) {
        try {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
            return this;
        } catch (IOException e) {
            throw new AssertionError("cannot send " + text, e);
        }
    }

    /** Waits for a text and returns what came before it, and it. */
    String readUntil(String end) {
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        try {
            InputStream in = socket.getInputStream();
            String text = "";
            while (!text.endsWith(end)) {
                int octet = in.read();
                if (octet < 0) {
                    throw new AssertionError("the connection ended before \"" + end + "\", after: " + text);
                }
                read.write(octet);
                text = read.toString(StandardCharsets.ISO_8859_1);
            }
            return text;
        } catch (IOException e) {
            throw new AssertionError("no \"" + end + "\" came, but: " + read, e);
        }
    }

    /** Returns the answer that comes: as much of a body as is declared, else all until the other side closes. */
    Answer answer() {
        try {
            InputStream in = socket.getInputStream();
            HttpHead head = HttpHead.read(in);
            boolean declared = !head.header("content-length").isEmpty();
            byte[] body = declared ? in.readNBytes((int) head.length()) : in.readAllBytes();
            return new Answer(Integer.parseInt(head.word(1)), head, new String(body, StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            throw new AssertionError("no answer", e);
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new AssertionError("cannot close", e);
        }
    }
}
