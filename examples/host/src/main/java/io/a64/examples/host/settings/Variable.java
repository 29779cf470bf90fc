package io.a64.examples.host.settings;

import java.util.Arrays;
import java.util.Optional;

/** An environment variable of the host. */
public enum Variable {
    /** Where the API listens. */
    A64_HTTP_PORT("8080", "", "port of the API", "a port, or 0 for any free one", Check::port),
    /** Where the API listens. */
    A64_HTTP_BIND(
            "127.0.0.1", "", "address of the API", "an address or host name of this machine", Check::localAddress),
    /** What callers of the API show. */
    A64_API_TOKEN(
            "",
            "",
            "bearer token; generated if unset",
            "1 to 512 visible ASCII characters",
            Check.matches("[!-~]{1,512}")),
    /** Set = ports and records are kept in MongoDB. */
    A64_MONGODB_URI(
            "",
            "a64.mongodb.uri",
            "connection string; unset = memory",
            "a connection string with database, such as mongodb://127.0.0.1:27017/a64core_db",
            Check.matches("mongodb(\\+srv)?://[^/\\s]+/[^/?\\s]+(\\?\\S*)?")),
    /** Set = containers run with Docker. */
    A64_DOCKER_HOST(
            "",
            "a64.docker.host",
            "Docker engine; unset = in-memory runtime",
            "unix:///path or tcp://host:port",
            Check::dockerHost),
    /** The network that modules join. */
    A64_DOCKER_NETWORK(
            "auto",
            "a64.docker.network",
            "network the modules join",
            "auto or the name of a Docker network",
            Check.matches("[A-Za-z0-9][A-Za-z0-9_.-]{0,127}")),
    /** Where external ports are published. */
    A64_PUBLISH_BIND(
            "127.0.0.1",
            "a64.docker.publish-bind",
            "address of the external ports",
            "an IP address",
            Check::addressLiteral),
    /** Set = routes are published with NGINX. */
    A64_NGINX_CONFIG_DIR(
            "",
            "a64.nginx.config-dir",
            "our directory in NGINX; unset = embedded router",
            "a directory, such as /etc/nginx/conf.d",
            Check::directory),
    /** The NGINX on this host. */
    A64_NGINX_BINARY("nginx", "a64.nginx.binary", "the NGINX binary", "a file or a name on the path", Check::path),
    /** The NGINX on this host. */
    A64_NGINX_MAIN_CONF(
            "/etc/nginx/nginx.conf", "a64.nginx.main-conf", "the main file of NGINX", "a file", Check::path),
    /** The NGINX on this host. */
    A64_NGINX_PREFIX("", "a64.nginx.prefix", "the prefix (-p) of NGINX", "a directory", Check::directory),
    /** The listener for path routes. */
    A64_NGINX_LISTEN(
            "80",
            "a64.nginx.listen",
            "listener of NGINX for path routes",
            "a port, an IP address or both, such as 127.0.0.1:8081",
            Check::listen),
    /** NGINX in a container of the operator's. */
    A64_NGINX_CONTAINER(
            "",
            "a64.nginx.container",
            "container that NGINX runs in; unset = on this host",
            "the name or id of a container that has A64_NGINX_CONFIG_DIR as a volume",
            Check.matches("[a-zA-Z0-9][a-zA-Z0-9_.-]{0,127}")),
    /** Who may say for whom a request is made. */
    A64_NGINX_TRUSTED_PROXIES(
            "",
            "a64.nginx.trusted-proxies",
            "proxies in front of NGINX whose word on clients counts",
            "address ranges separated by commas, such as 10.0.0.0/8,192.168.0.7",
            Check::addressRanges),
    /** Where requests are counted. */
    A64_NGINX_ACCESS_LOG(
            "auto",
            "a64.nginx.access-log",
            "JSON log of requests",
            "auto, off or the path of a file",
            Check.matches("(/?[A-Za-z0-9_~+@=-][A-Za-z0-9._~+@=-]*)+")),
    /** When plain modules share a map. */
    A64_NGINX_MAP_THRESHOLD(
            "1000",
            "a64.nginx.map-threshold",
            "path routes above which the plain ones are found by a map",
            "a whole number, 0 or more",
            Check::count),
    /** NGINX owned by the library. */
    A64_NGINX_MANAGED(
            "false",
            "",
            "whether the library runs NGINX itself; not in this version",
            "only false; this version uses an NGINX that runs already",
            Check.oneOf("false")),
    /** The image of NGINX owned by the library. */
    A64_NGINX_IMAGE("nginx:stable", "", "image of a managed NGINX", "an image reference", Check::image),
    /** Public ports of the stacks. */
    A64_STACK_PORTS(
            "flask=14000,django=13000,mern=12000",
            "",
            "public ports of the stacks",
            "PROFILE=PORT entries separated by commas, none twice",
            Check::stackPorts),
    /** The embedded router's listener. */
    A64_ROUTER_PORT(
            "8088", "a64.router.port", "port of the embedded router", "a port, or 0 for any free one", Check::port),
    /** How long a retired generation may take to end. */
    A64_DRAIN_TIMEOUT(
            "PT30S",
            "a64.drain-timeout",
            "time for a retired generation to end",
            "an ISO-8601 duration of zero or more, such as PT30S",
            Check::duration),
    /** What clients put before a route. */
    A64_PROXY_URL(
            "",
            "",
            "what clients put before a route; unset = the proxy's listener on localhost",
            "an http or https URL without query, such as https://example.org",
            Check::webAddress),
    /** Which external ports are handed out. */
    A64_PORT_RANGE(
            "9000-19999", "a64.ports.range", "external ports", "FIRST-LAST within 1 and 65535", Check::portRange),
    /** Which external ports are never handed out. */
    A64_RESERVED_PORTS(
            "",
            "a64.ports.reserved",
            "ports that are never handed out",
            "ports and ranges separated by commas, such as 9100,9200-9210",
            Check::portRanges),
    /** Which external ports are handed out when nothing is left of the range. */
    A64_PORT_EXPANSION(
            "",
            "a64.ports.expansion",
            "ports used when nothing is left of the range",
            "ports and ranges separated by commas, such as 20000-20999,22000",
            Check::portRanges),
    /** Ports set apart under a name. */
    A64_PORT_POOLS(
            "",
            "a64.ports.pools",
            "pools besides those of the stacks: NAME=RANGES[+EXPANSION][@MODULES];...",
            "pools NAME=RANGES[+EXPANSION][@MODULES] separated by ;, such as"
                    + " media=30000-30099+31000-31099@media-*,video; batch=32000-32099",
            Check::portPools),
    /** Which of the free ports is handed out. */
    A64_PORT_STRATEGY(
            "lowest",
            "a64.ports.strategy",
            "which of the free ports is given out",
            "lowest or spread",
            Check.oneOf("lowest", "spread")),
    /** When a released port is given out again. */
    A64_PORT_COOLDOWN(
            "PT30S",
            "a64.ports.cooldown",
            "time before a released port is given out again",
            "an ISO-8601 duration of zero or more, such as PT30S",
            Check::duration),
    /** When a port that something else was bound to is tried again. */
    A64_PORT_QUARANTINE(
            "PT5M",
            "a64.ports.quarantine",
            "time before a port that something else held is tried again",
            "an ISO-8601 duration of more than zero, such as PT5M",
            Check::positiveDuration),
    /** The port name space. */
    A64_NODE(
            "local",
            "a64.node",
            "port name space of this host",
            "1 to 40 lower-case letters, digits, dashes and underscores, beginning with a letter or digit",
            Check.matches("[a-z0-9][a-z0-9_-]{0,39}")),
    /** Where images may come from. */
    A64_ALLOWED_REGISTRIES(
            "*",
            "",
            "registries that images may come from",
            "registries separated by commas, such as docker.io,localhost:5000, or *",
            Check::registries),
    /** Whose licences pass. */
    A64_LICENSE_PUBLIC_KEY(
            "",
            "",
            "key that signs licences; unset = no licence needed",
            "an Ed25519 public key, base64 of its X.509 form",
            Check::licenseKey);

    private final String fallback;
    private final String setting;
    private final String meaning;
    private final String accepted;

    @SuppressWarnings("ImmutableEnumChecker") // every check is a function without state
    private final Check check;

    /**
     * @param fallback the default, empty for unset
     * @param setting the library's setting that gets the value, empty if none does
     */
    Variable(String fallback, String setting, String meaning, String accepted, Check check) {
        this.fallback = fallback;
        this.setting = setting;
        this.meaning = meaning;
        this.accepted = accepted;
        this.check = check;
    }

    /** Returns the variable whose value the library gets under this name. */
    static Optional<Variable> ofSetting(String setting) {
        return Arrays.stream(values())
                .filter(variable -> !setting.isEmpty() && variable.setting.equals(setting))
                .findFirst();
    }

    Optional<String> fallback() {
        return Optional.of(fallback).filter(text -> !text.isEmpty());
    }

    Optional<String> setting() {
        return Optional.of(setting).filter(text -> !text.isEmpty());
    }

    boolean accepts(String value) {
        return check.accepts(value);
    }

    /** Returns one line: the variable, the value and what is accepted. */
    public String refusal(String value) {
        return name() + " is \"" + Secrets.hidden(this, value) + "\"; accepted: " + accepted;
    }

    /** Returns what the help says. */
    String help() {
        return String.format("  %-23s %s (%s)", name(), meaning, fallback.isEmpty() ? "unset" : fallback);
    }
}
