package io.a64.proxy.testkit;

import io.a64.proxy.testkit.RawHttp.Answer;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
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

    /**
     * Waits for an answer with all of its body, and if the other side says that it closes the connection, for that too:
     * until then it may count the request as under way.
     */
    Answer answer() {
        try {
            InputStream in = new BufferedInputStream(socket.getInputStream());
            HttpHead head = HttpHead.read(in);
            int status = Integer.parseInt(head.word(1));
            boolean endsByItself =
                    head.isChunked() || !head.header("content-length").isEmpty() || status == 204;
            InputStream body = endsByItself ? new HttpBody(head, in) : in;
            String text = new String(body.readAllBytes(), StandardCharsets.ISO_8859_1);
            if (head.header("connection").contains("close")) {
                in.transferTo(OutputStream.nullOutputStream());
            }
            return new Answer(status, head, text);
        } catch (IOException e) {
            throw new AssertionError("no answer: " + e, e);
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
