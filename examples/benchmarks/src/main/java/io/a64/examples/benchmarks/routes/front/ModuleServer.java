package io.a64.examples.benchmarks.routes.front;

import io.a64.test.services.FreePort;
import io.a64.test.services.NginxProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Plays every module, and fast: an NGINX that answers everything with the address at which it was asked. */
public final class ModuleServer implements AutoCloseable {

    private final NginxProcess nginx;
    private final int port;

    private ModuleServer(NginxProcess nginx, int port) {
        this.nginx = nginx;
        this.port = port;
    }

    /** Starts it in a directory of its own. */
    public static ModuleServer start(Path prefix) throws IOException {
        int port = FreePort.find();
        Path main = Files.writeString(
                Files.createDirectories(prefix).resolve("nginx.conf"), """
                worker_processes 1;
                worker_rlimit_nofile 65536;
                pid nginx.pid;
                events { worker_connections 32768; }
                http {
                    access_log off;
                    %s
                    keepalive_requests 1000000;
                    server {
                        listen %d backlog=4096;
                        default_type text/plain;
                        return 200 $server_addr;
                    }
                }
                """.formatted(HandWritten.TEMPORARY, port));
        return new ModuleServer(NginxProcess.start(prefix, main, port), port);
    }

    /** Returns the port on which it answers at every address of this machine. */
    public int port() {
        return port;
    }

    @Override
    public void close() {
        nginx.close();
    }
}
