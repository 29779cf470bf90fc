package io.a64.examples.benchmarks.routes.front;

import io.a64.examples.benchmarks.routes.front.Modules.Module;
import io.a64.test.services.FreePort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What somebody who knows NGINX writes: a group with connections that are kept and a location, or a server for a
 * subdomain, for every module; the usual headers; WebSockets pass.
 */
public final class HandWritten implements AutoCloseable {

    /** What an NGINX with a prefix of its own needs, so that it touches nothing outside. */
    static final String TEMPORARY = """
            client_body_temp_path client_body_temp; proxy_temp_path proxy_temp; fastcgi_temp_path fastcgi_temp;
                uwsgi_temp_path uwsgi_temp; scgi_temp_path scgi_temp;""";

    private static final String HEAD = """
            worker_processes 1;
            worker_rlimit_nofile 65536;
            pid nginx.pid;
            error_log error.log notice;
            worker_shutdown_timeout 300s;
            # Enough for every group to keep its connections.
            events { worker_connections 32768; }
            http {
                default_type application/octet-stream;
                server_tokens off;
                access_log access.log;
                %s
                server_names_hash_max_size 32768;
                server_names_hash_bucket_size 128;
                proxy_http_version 1.1;
                proxy_set_header Host $host;
                proxy_set_header X-Real-IP $remote_addr;
                proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
                proxy_set_header X-Forwarded-Proto $scheme;
                map $http_upgrade $connection_upgrade { default upgrade; "" ""; }
                proxy_set_header Upgrade $http_upgrade;
                proxy_set_header Connection $connection_upgrade;
            """;

    private final Path main;
    private final Mode mode;
    private final Modules modules;
    private final Front front;

    private HandWritten(Path prefix, Mode mode, Modules modules) throws IOException {
        this.main = Files.createDirectories(prefix).resolve("nginx.conf");
        this.mode = mode;
        this.modules = modules;
        int port = FreePort.find();
        write(port, List.of());
        front = Front.start(prefix, main, port);
    }

    /** Starts NGINX, and brings the modules in by a reload: with ten thousand it takes longer to start than is usual. */
    public static HandWritten start(Path prefix, Mode mode, Modules modules) throws IOException, InterruptedException {
        HandWritten byHand = new HandWritten(prefix, mode, modules);
        byHand.redeployFirst(1);
        byHand.front.reload();
        return byHand;
    }

    /** Writes that the first module has been deployed anew. */
    public void redeployFirst(int generation) throws IOException {
        write(front.port(), modules.all(generation));
    }

    private void write(int port, List<Module> all) throws IOException {
        StringBuilder text = new StringBuilder(HEAD.formatted(TEMPORARY));
        StringBuilder locations = new StringBuilder(Front.ANSWERED_BY).append('\n');
        StringBuilder servers = new StringBuilder();
        for (Module module : all) {
            text.append("upstream %s { server %s; keepalive 4; }\n"
                    .formatted(group(module), module.upstream().hostPort()));
            if (mode == Mode.PATH) {
                locations.append("location /%s/ { proxy_pass http://%s/; }\n".formatted(module.name(), group(module)));
            } else {
                servers.append("server { listen 127.0.0.1:%d; server_name %s; location / { proxy_pass http://%s; } }\n"
                        .formatted(port, Mode.host(module.name()), group(module)));
            }
        }
        text.append("server { listen 127.0.0.1:%d default_server;\n%s}\n%s}\n".formatted(port, locations, servers));
        Files.writeString(main, text);
    }

    private static String group(Module module) {
        return module.name().replace('-', '_');
    }

    /** Returns NGINX itself. */
    public Front front() {
        return front;
    }

    @Override
    public void close() {
        front.close();
    }
}
