package io.a64.proxy.testkit;

import io.a64.proxy.testkit.UpstreamServer.Seen;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** One request at a module's stand-in and its answer; the connection ends with it. */
final class UpstreamExchange {

    private static final int TEXT = 0x81;

    private final UpstreamServer module;
    private final InputStream in;
    private final OutputStream out;

    UpstreamExchange(UpstreamServer module, Socket socket) throws IOException {
        this.module = module;
        in = new BufferedInputStream(socket.getInputStream());
        out = socket.getOutputStream();
    }

    void run() throws IOException, InterruptedException {
        HttpHead head = HttpHead.read(in);
        String target = head.word(1);
        module.add(new Seen(head.word(0), target, head, body(head)));
        if (head.header("upgrade").contains("websocket")) {
            acceptWebSocket(head);
        } else if (target.startsWith("/events")) {
            sendEvents();
        } else if (!module.breaksOff()) {
            if (target.startsWith("/held")) {
                module.awaitRelease();
            }
            send(head(module.status()) + "Content-Length: " + module.name.length() + "\r\n\r\n" + module.name);
        }
    }

    /** Reads the body as it comes, so that a test can see how far it has come. */
    private String body(HttpHead head) throws IOException {
        InputStream body = new HttpBody(head, in);
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        byte[] part = new byte[8192];
        for (int count = body.read(part); count >= 0; count = body.read(part)) {
            read.write(part, 0, count);
            module.received.addAndGet(count);
        }
        return read.toString(StandardCharsets.UTF_8);
    }

    private String head(int status) {
        StringBuilder head = new StringBuilder("HTTP/1.1 " + status + " Whatever\r\nConnection: close\r\n");
        module.answerHeaders()
                .forEach((header, values) -> values.forEach(
                        value -> head.append(header).append(": ").append(value).append("\r\n")));
        return head.toString();
    }

    private void sendEvents() throws IOException, InterruptedException {
        send(head(200) + "Content-Type: text/event-stream\r\n\r\ndata: first\n\n");
        module.awaitRelease();
        send("data: last\n\n");
    }

    private void acceptWebSocket(HttpHead head) throws IOException {
        send("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: "
                + accepted(head.header("sec-websocket-key").get(0)) + "\r\n\r\n");
        for (int kind = in.read(); kind == TEXT; kind = in.read()) {
            int length = in.read() & 0x7f;
            byte[] mask = in.readNBytes(4);
            byte[] text = in.readNBytes(length);
            ByteArrayOutputStream frame = new ByteArrayOutputStream();
            frame.write(TEXT);
            frame.write(length);
            for (int i = 0; i < text.length; i++) {
                frame.write(text[i] ^ mask[i % 4]);
            }
            out.write(frame.toByteArray());
        }
    }

    private static String accepted(String key) {
        try {
            byte[] joined = (key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").getBytes(StandardCharsets.US_ASCII);
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-1").digest(joined));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java knows SHA-1", e);
        }
    }

    private void send(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
    }
}
