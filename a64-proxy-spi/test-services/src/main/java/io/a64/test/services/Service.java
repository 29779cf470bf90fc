package io.a64.test.services;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A real service that some tests need. */
public enum Service {
    /** MongoDB at {@code A64_TEST_MONGODB_URI}, else on 127.0.0.1:27017. Tests use databases of their own there. */
    MONGODB {
        @Override
        Optional<String> problem() {
            URI uri = URI.create(mongodbUri());
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(uri.getHost(), uri.getPort()), CONNECT_MILLIS);
                return Optional.empty();
            } catch (IOException e) {
                return Optional.of("no MongoDB answers at " + mongodbUri() + " (" + e.getMessage() + ")");
            }
        }
    },
    /** A Docker engine on the socket of {@code DOCKER_HOST}, else {@code /var/run/docker.sock}, with the demo image. */
    DOCKER {
        @Override
        Optional<String> problem() {
            return imageProblem(DEMO_IMAGE);
        }
    },
    /** A Docker engine like {@link #DOCKER}, with the image that NGINX runs in. */
    NGINX_IMAGE {
        @Override
        Optional<String> problem() {
            return imageProblem(NGINX_IN_IMAGE);
        }
    },
    /** An NGINX binary at {@code A64_NGINX_BINARY}, else on the path or in {@code /usr/sbin}. */
    NGINX {
        @Override
        Optional<String> problem() {
            return findNginx() == null ? Optional.of("no nginx binary on the path") : Optional.empty();
        }
    },
    /**
     * A MongoDB binary at {@code A64_MONGOD}, else on the path, else in {@code A64_HOME} (default {@code
     * /var/lib/a64-ports}), for tests that start, break and end servers of their own.
     */
    MONGOD {
        @Override
        Optional<String> problem() {
            return findMongod() == null
                    ? Optional.of("no mongod binary on the path or in " + a64Home())
                    : Optional.empty();
        }
    },
    /** The Python programs crossplane and gixy-ng, which read configurations of NGINX, in {@code A64_HOME}. */
    NGINX_LINTERS {
        @Override
        Optional<String> problem() {
            boolean there = Files.isDirectory(nginxLinters().resolve("gixy"))
                    && Files.isDirectory(nginxLinters().resolve("crossplane"));
            return there ? Optional.empty() : Optional.of("no crossplane and gixy-ng in " + nginxLinters());
        }
    };

    /** The image that {@code .ci/provision} builds from {@code examples/demo-image}. */
    public static final String DEMO_IMAGE = "localhost:5000/a64/demo:1.0.0";

    /** The image that {@code .ci/nginx-image} makes of this machine's NGINX. */
    public static final String NGINX_IN_IMAGE = "localhost:5000/a64/nginx:1.22";

    private static final int CONNECT_MILLIS = 2000;

    /** Returns why the service cannot be used, empty if it can. */
    abstract Optional<String> problem();

    /** Returns the connection string of MongoDB, without a database. */
    public static String mongodbUri() {
        return environment("A64_TEST_MONGODB_URI", "mongodb://127.0.0.1:27017");
    }

    /** Returns the address of the Docker engine, such as {@code unix:///var/run/docker.sock}. */
    public static String dockerHost() {
        return environment("DOCKER_HOST", "unix:///var/run/docker.sock");
    }

    /** Returns the NGINX binary. */
    public static Path nginxBinary() {
        Path found = findNginx();
        if (found == null) {
            throw new IllegalStateException("no nginx binary on the path");
        }
        return found;
    }

    /** Returns the MongoDB binary. */
    public static Path mongodBinary() {
        Path found = findMongod();
        if (found == null) {
            throw new IllegalStateException("no mongod binary on the path or in " + a64Home());
        }
        return found;
    }

    /** Returns the directory of the Python packages that read configurations of NGINX. */
    public static Path nginxLinters() {
        return Path.of(a64Home(), "nginx-linters");
    }

    private static @Nullable Path findNginx() {
        return findBinary("A64_NGINX_BINARY", "nginx", "/usr/sbin");
    }

    private static @Nullable Path findMongod() {
        return findBinary("A64_MONGOD", "mongod", a64Home());
    }

    private static String a64Home() {
        return environment("A64_HOME", "/var/lib/a64-ports");
    }

    private static @Nullable Path findBinary(String variable, String name, String folderBesidesThePath) {
        String given = System.getenv(variable);
        Stream<Path> candidates = given != null
                ? Stream.of(Path.of(given))
                : Stream.concat(
                                Pattern.compile(":").splitAsStream(environment("PATH", "")),
                                Stream.of(folderBesidesThePath))
                        .map(folder -> Path.of(folder, name));
        return candidates.filter(Files::isExecutable).findFirst().orElse(null);
    }

    private static Optional<String> imageProblem(String image) {
        try {
            String answer = dockerGet("/images/" + image + "/json");
            return answer.startsWith("HTTP/1.1 200") || answer.startsWith("HTTP/1.0 200")
                    ? Optional.empty()
                    : Optional.of("Docker has no image " + image);
        } catch (IOException e) {
            return Optional.of("no Docker engine answers at " + dockerHost() + " (" + e.getMessage() + ")");
        }
    }

    private static String dockerGet(String path) throws IOException {
        UnixDomainSocketAddress address =
                UnixDomainSocketAddress.of(dockerHost().replaceFirst("^unix://", ""));
        try (SocketChannel channel = SocketChannel.open(address)) {
            String request = "GET " + path + " HTTP/1.0\r\nHost: docker\r\n\r\n";
            channel.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
            ByteBuffer head = ByteBuffer.allocate(64);
            channel.read(head);
            return new String(head.array(), 0, head.position(), StandardCharsets.US_ASCII);
        }
    }

    private static String environment(String name, String fallback) {
        String value = System.getenv(name);
        return value == null || value.isBlank() ? fallback : value;
    }
}
