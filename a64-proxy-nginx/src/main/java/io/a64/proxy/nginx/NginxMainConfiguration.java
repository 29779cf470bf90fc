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
    private final Path configDirectory;

    private NginxMainConfiguration(NginxSettings settings, Path configDirectory) {
        this.settings = settings;
        this.configDirectory = configDirectory;
    }

    /** Returns the texts for these settings, for an NGINX that sees the configuration directory at the same path. */
    public static NginxMainConfiguration of(NginxSettings settings) {
        return new NginxMainConfiguration(settings, settings.configDirectory());
    }

    /** Returns the texts for an NGINX in a container that sees the configuration directory at another path. */
    public NginxMainConfiguration seenAt(Path directory) {
        return new NginxMainConfiguration(
                settings, settings.withConfigDirectory(directory).configDirectory());
    }

    /** Returns a whole main configuration; NGINX starts with it although no route was ever published. */
    public String text() {
        Map<String, Object> model = new HashMap<>(includes());
        model.put("listen", settings.listen());
        model.put("ownPrefix", settings.prefix().isPresent());
        if (settings.container().isEmpty()) {
            settings.prefix().flatMap(NginxMainConfiguration::ownerIfClosed).ifPresent(user -> model.put("user", user));
        }
        return templates.render("main.conf.ftl", model);
    }

    /** Returns the lines for an existing configuration, in two blocks marked for {@code http {}} and {@code server {}}. */
    public String includeText() {
        return templates.render("http-include.ftl", includes()) + templates.render("server-include.ftl", includes());
    }

    private Map<String, Object> includes() {
        return Map.of("configDir", configDirectory.toString());
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
