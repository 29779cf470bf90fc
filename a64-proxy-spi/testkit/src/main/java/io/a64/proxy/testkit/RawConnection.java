package io.a64.proxy.testkit;

import io.a64.proxy.testkit.RawHttp.Answer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** A client's connection, on which bytes go out as they are given and come in as they arrive, one character per byte. */
final class RawConnection implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 10_000;
    private static final Pattern LINE_END = Pattern.compile("\r\n");

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

    /** Waits until the other side closes and returns all that came, as an answer. */
    Answer answer() {
        try {
            return parse(new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            throw new AssertionError("no answer", e);
        }
    }

    private static Answer parse(String text) {
        int end = text.indexOf("\r\n\r\n");
        if (end < 0) {
            throw new AssertionError("not an HTTP answer: \"" + text + "\"");
        }
        HttpHead head = new HttpHead(
                "", LINE_END.splitAsStream(text.substring(0, end)).skip(1).toList());
        return new Answer(Integer.parseInt(text.substring(9, 12)), head, text.substring(end + 4));
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
