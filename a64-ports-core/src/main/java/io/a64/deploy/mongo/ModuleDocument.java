package io.a64.deploy.mongo;

import io.a64.container.Resources;
import io.a64.deploy.spi.ModuleRecord;
import io.a64.module.ModuleSpec;
import io.a64.module.ModuleState;
import io.a64.module.Readiness;
import io.a64.module.RouteSpec;
import io.a64.ports.PortAllocation;
import io.a64.proxy.RouteFields;
import io.a64.proxy.RouteMatch;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a document of {@code installed_modules}: {@code module_name}, {@code allocated_ports} and {@code
 * proxy_route} as in source system A, and ours.
 */
final class ModuleDocument {
    static final String MODULE_NAME = "module_name";
    static final String REVISION = "revision";
    static final String OWNER = "owner";

    private static final String ALLOCATED_PORTS = "allocated_ports";
    private static final String PROXY_ROUTE = "proxy_route";
    private static final String STATUS = "status";
    private static final String DOCKER_IMAGE = "docker_image";
    private static final String VERSION = "version";
    private static final String GENERATION = "generation";
    private static final String INSTALLED_AT = "installed_at";
    private static final String BUSY_UNTIL = "busy_until";
    private static final String LICENSE_KEY = "license_key";
    private static final String INTERNAL_PORTS = "internal_ports";
    private static final String PORT_SOURCE = "port_source";
    private static final String ENVIRONMENT = "environment";
    private static final String ROUTE = "route";
    private static final String READINESS = "readiness";
    private static final String RESOURCES = "resources";

    private static final String PATH = "path";
    private static final String MATCH = "match";
    private static final String OPTIONS = "options";
    private static final String TIMEOUT = "timeout";
    private static final String MEMORY = "memory_bytes";
    private static final String CPUS = "cpus";

    private ModuleDocument() {}

    static Document of(ModuleRecord record) {
        Document document = all(record);
        document.values().removeIf(value -> value == null);
        return document;
    }

    /** Sets every field of ours and removes those that are empty; leaves fields of others alone. */
    static Bson replacement(ModuleRecord record) {
        Document unset = new Document();
        all(record).forEach((field, value) -> {
            if (value == null) {
                unset.append(field, "");
            }
        });
        Document update = new Document("$set", of(record));
        return unset.isEmpty() ? update : update.append("$unset", unset);
    }

    private static Document all(ModuleRecord record) {
        ModuleSpec spec = record.spec();
        return new Document(MODULE_NAME, record.module())
                .append(ALLOCATED_PORTS, ports(record.allocation().ports()))
                .append(PROXY_ROUTE, proxyRoute(spec))
                .append(STATUS, record.state().label())
                .append(DOCKER_IMAGE, spec.image())
                .append(VERSION, spec.version().orElse(null))
                .append(GENERATION, record.allocation().generation())
                .append(INSTALLED_AT, Date.from(record.installedAt()))
                .append(REVISION, record.revision())
                .append(OWNER, record.allocation().owner())
                .append(BUSY_UNTIL, record.busyUntil().map(Date::from).orElse(null))
                .append(LICENSE_KEY, spec.licenseKey().orElse(null))
                .append(INTERNAL_PORTS, spec.internalPorts())
                .append(PORT_SOURCE, PortSourceDocument.of(spec.portSource()))
                .append(ENVIRONMENT, environment(spec.environment()))
                .append(ROUTE, spec.route().map(ModuleDocument::route).orElse(null))
                .append(READINESS, readiness(spec.readiness()))
                .append(RESOURCES, resources(spec.resources()));
    }

    static Document ports(SortedMap<Integer, Integer> ports) {
        Document document = new Document();
        ports.forEach((internalPort, port) -> document.append(internalPort.toString(), port));
        return document;
    }

    /** A writes the path without the slash at its end. */
    private static @Nullable String proxyRoute(ModuleSpec spec) {
        return spec.route()
                .map(route -> route.match().text().replaceAll("/$", ""))
                .orElse(null);
    }

    private static Document environment(SortedMap<String, String> environment) {
        Document document = new Document();
        document.putAll(environment);
        return document;
    }

    private static Document route(RouteSpec route) {
        return new Document(MATCH, route.match().text())
                .append(OPTIONS, new Document(new TreeMap<>(RouteFields.of(route.options()))));
    }

    private static Document readiness(Readiness readiness) {
        Document document = new Document(TIMEOUT, readiness.timeout().toString());
        readiness.path().ifPresent(path -> document.append(PATH, path));
        return document;
    }

    private static Document resources(Resources resources) {
        return new Document(MEMORY, resources.memoryBytes()).append(CPUS, resources.cpus());
    }

    static ModuleRecord record(Document document) {
        String module = document.getString(MODULE_NAME);
        return new ModuleRecord(
                number(document, REVISION).longValue(),
                ModuleState.valueOf(document.getString(STATUS).toUpperCase(Locale.ROOT)),
                spec(module, document),
                new PortAllocation(
                        module,
                        number(document, GENERATION).intValue(),
                        document.getString(OWNER),
                        ports(part(document, ALLOCATED_PORTS))),
                document.get(INSTALLED_AT, Date.class).toInstant(),
                busyUntil(document));
    }

    private static Optional<Instant> busyUntil(Document document) {
        return Optional.ofNullable(document.get(BUSY_UNTIL, Date.class)).map(Date::toInstant);
    }

    private static ModuleSpec spec(String module, Document document) {
        return new ModuleSpec(
                module,
                document.getString(DOCKER_IMAGE),
                internalPorts(document),
                PortSourceDocument.source(document.get(PORT_SOURCE, Document.class)),
                Optional.ofNullable(document.getString(VERSION)),
                Optional.ofNullable(document.getString(LICENSE_KEY)),
                environment(part(document, ENVIRONMENT)),
                Optional.ofNullable(document.get(ROUTE, Document.class)).map(ModuleDocument::route),
                readiness(part(document, READINESS)),
                resources(part(document, RESOURCES)));
    }

    private static List<Integer> internalPorts(Document document) {
        return document.getList(INTERNAL_PORTS, Number.class).stream()
                .map(Number::intValue)
                .toList();
    }

    static SortedMap<Integer, Integer> ports(Document document) {
        SortedMap<Integer, Integer> ports = new TreeMap<>();
        document.keySet()
                .forEach(internalPort -> ports.put(
                        Integer.valueOf(internalPort),
                        number(document, internalPort).intValue()));
        return ports;
    }

    private static SortedMap<String, String> environment(Document document) {
        SortedMap<String, String> environment = new TreeMap<>();
        document.keySet().forEach(variable -> environment.put(variable, document.getString(variable)));
        return environment;
    }

    private static RouteSpec route(Document document) {
        Map<String, String> options = new TreeMap<>();
        part(document, OPTIONS).forEach((field, value) -> options.put(field, String.valueOf(value)));
        return new RouteSpec(RouteMatch.parse(document.getString(MATCH)), RouteFields.parse(options));
    }

    private static Readiness readiness(Document document) {
        return new Readiness(
                Optional.ofNullable(document.getString(PATH)), Duration.parse(document.getString(TIMEOUT)));
    }

    private static Resources resources(Document document) {
        return new Resources(
                number(document, MEMORY).longValue(), number(document, CPUS).doubleValue());
    }

    private static Document part(Document document, String field) {
        return document.get(field, Document.class);
    }

    private static Number number(Document document, String field) {
        return document.get(field, Number.class);
    }
}
