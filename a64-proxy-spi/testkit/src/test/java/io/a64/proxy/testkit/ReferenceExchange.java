package io.a64.proxy.testkit;

import io.a64.proxy.Route;
import io.a64.proxy.Upstream;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One request through {@link ReferenceProxy}. */
final class ReferenceExchange {

    private final ReferenceProxy proxy;
    private final Socket client;

    ReferenceExchange(ReferenceProxy proxy, Socket client) {
        this.proxy = proxy;
        this.client = client;
    }

    void run() throws IOException {
        ReferenceRequest asked = ReferenceRequest.read(client);
        if (proxy.lacksSlash(asked)) {
            own(308, Optional.empty(), "Location: " + asked.path() + "/" + asked.query());
        } else if (proxy.answersHealth(asked)) {
            own(200, Optional.empty());
        } else {
            Optional<Route> route = proxy.enter(asked);
            if (route.isEmpty()) {
                own(proxy.isPublic(asked) ? 421 : 404, route);
            } else {
                guarded(route.get(), asked);
            }
        }
    }

    private void guarded(Route route, ReferenceRequest asked) throws IOException {
        try {
            Optional<ReferenceGuards.Refusal> refusal = proxy.guards.enter(proxy, route, asked);
            Optional<String> target = proxy.messages.target(route, asked);
            if (refusal.isPresent()) {
                own(
                        refusal.get().status(),
                        Optional.of(route),
                        refusal.get().headers().toArray(String[]::new));
            } else if (target.isEmpty()) {
                own(400, Optional.of(route));
            } else {
                forward(route, asked, target.get());
            }
        } finally {
            proxy.guards.leave(route, asked);
            proxy.leave(route);
        }
    }

    private void forward(Route route, ReferenceRequest asked, String target) throws IOException {
        boolean streams = !route.options().buffering() && proxy.canStream();
        boolean chunks = streams && asked.head().isChunked();
        HttpBody arriving = new HttpBody(asked.head(), client.getInputStream());
        try {
            proxy.requireShort(asked.head(), 0, route);
            byte[] kept = streams ? new byte[0] : readAll(arriving, asked, route);
            List<String> lines = new ArrayList<>(proxy.messages.request(route, asked));
            lines.add(
                    chunks
                            ? RawHttp.CHUNKED
                            : "Content-Length: " + (streams ? asked.head().length() : kept.length));
            String head = asked.method() + " " + target + " HTTP/1.1\r\n" + String.join("\r\n", lines) + "\r\n\r\n";
            toReplicas(route, asked, head, streams ? arriving : new ByteArrayInputStream(kept), chunks);
        } catch (ReferenceProxy.TooLong e) {
            own(413, Optional.of(route));
        }
    }

    private byte[] readAll(InputStream body, ReferenceRequest asked, Route route) throws IOException {
        byte[] read = body.readNBytes(
                (int) Math.min(Integer.MAX_VALUE - 8, route.options().maxBodyBytes() + 1));
        proxy.requireShort(asked.head(), read.length, route);
        return read;
    }

    /** Tries one replica after the other, as long as nothing can have been done by the former. */
    private void toReplicas(Route route, ReferenceRequest asked, String head, InputStream body, boolean chunks)
            throws IOException {
        for (Upstream upstream : proxy.replicas.order(route, asked.peer())) {
            proxy.replicas.enter(upstream);
            try (Socket module = new Socket(upstream.address(), upstream.port())) {
                exchange(route, asked, module, head, body, chunks);
                return;
            } catch (SocketTimeoutException e) {
                proxy.replicas.wasSilent(route);
                own(504, Optional.of(route));
                return;
            } catch (ConnectException e) {
                if (!proxy.replicas.passesOverTheDead()) {
                    break;
                }
            } catch (EOFException e) {
                if (!proxy.replicas.maySendAgain(asked.method())) {
                    break;
                }
            } finally {
                proxy.replicas.leave(upstream);
            }
        }
        own(502, Optional.of(route));
    }

    private void exchange(
            Route route, ReferenceRequest asked, Socket module, String head, InputStream body, boolean chunks)
            throws IOException {
        module.setSoTimeout(proxy.patience(route));
        if (body.markSupported()) {
            body.reset();
        }
        send(module, head);
        byte[] part = new byte[8192];
        long sent = 0;
        for (int count = body.read(part); count >= 0; count = body.read(part)) {
            sent += count;
            proxy.requireShort(asked.head(), sent, route);
            send(module, chunks ? Integer.toHexString(count) + "\r\n" : "");
            module.getOutputStream().write(part, 0, count);
            send(module, chunks ? "\r\n" : "");
        }
        send(module, chunks ? "0\r\n\r\n" : "");
        HttpHead answer = HttpHead.read(module.getInputStream());
        send(client, answer.start() + "\r\n" + String.join("\r\n", proxy.messages.answer(route, answer)) + "\r\n\r\n");
        if (answer.word(1).equals("101")) {
            module.setSoTimeout(0);
            proxy.inBackground(() -> {
                client.getInputStream().transferTo(module.getOutputStream());
                module.shutdownOutput();
            });
        }
        proxy.relay(route, module.getInputStream(), client.getOutputStream());
    }

    /** Answers in place of a module, and waits for the client to close, because a reset would overtake the answer. */
    private void own(int status, Optional<Route> route, String... headers) throws IOException {
        String body = "the proxy says " + status;
        List<String> lines = new ArrayList<>(List.of(headers));
        lines.add("Connection: close");
        lines.add("Content-Length: " + body.length());
        lines.addAll(proxy.messages.dressOwn(route));
        send(client, "HTTP/1.1 " + status + " -\r\n" + String.join("\r\n", lines) + "\r\n\r\n" + body);
        client.shutdownOutput();
        client.setSoTimeout(1000);
        client.getInputStream().transferTo(OutputStream.nullOutputStream());
    }

    private static void send(Socket to, String text) throws IOException {
        to.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    }
}
