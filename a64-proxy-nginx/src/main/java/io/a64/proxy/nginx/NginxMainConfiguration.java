package io.a64.proxy.nginx;

import io.a64.proxy.nginx.internal.template.NginxTemplates;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What an operator gives to NGINX once: a whole main configuration, or the lines that an existing one needs. */
public final class NginxMainConfiguration {

    private final NginxTemplates templates = new NginxTemplates();
    private final NginxSettings settings;

    private NginxMainConfiguration(NginxSettings settings) {
        this.settings = settings;
    }

    /** Returns the texts for these settings. */
    public static NginxMainConfiguration of(NginxSettings settings) {
        return new NginxMainConfiguration(settings);
    }

    /** Returns a whole main configuration; NGINX starts with it although no route was ever published. */
    public String text() {
        Map<String, Object> model = new HashMap<>(includes());
        model.put("listen", settings.listen());
        model.put("ownPrefix", settings.prefix().isPresent());
        settings.prefix().flatMap(NginxMainConfiguration::ownerIfClosed).ifPresent(user -> model.put("user", user));
        return templates.render("main.conf.ftl", model);
    }

    /** Returns the lines for an existing configuration, in two blocks marked for {@code http {}} and {@code server {}}. */
    public String includeText() {
        return templates.render("http-include.ftl", includes()) + templates.render("server-include.ftl", includes());
    }

    private Map<String, Object> includes() {
        return Map.of("configDir", settings.configDirectory().toString());
    }

    /** Workers of a master that runs as root run as somebody who could not even enter a closed directory. */
    private static Optional<String> ownerIfClosed(Path prefix) {
        try {
            for (Path folder = prefix; folder != null; folder = folder.getParent()) {
                boolean closed = Files.isDirectory(folder)
                        && !Files.getPosixFilePermissions(folder).contains(PosixFilePermission.OTHERS_EXECUTE);
                if (closed) {
                    return Optional.of(Files.getOwner(folder).getName());
                }
            }
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("the prefix " + prefix + " cannot be looked at", e);
        }
    }
}
