package io.a64.proxy.nginx.hostile;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** What we write at all, whatever the routes are. Written down here a second time, so that an addition is noticed. */
final class OurDirectives {

    private static final Set<String> KEYED = Set.of("map", "geo");
    private static final Map<String, Set<String>> BY_BLOCK = Map.of(
            "",
            Set.of(
                    "user",
                    "worker_processes",
                    "worker_rlimit_nofile",
                    "worker_shutdown_timeout",
                    "pcre_jit",
                    "pid",
                    "error_log",
                    "events",
                    "http"),
            "events",
            Set.of("worker_connections"),
            "http",
            Set.of(
                    "default_type",
                    "server_tokens",
                    "access_log",
                    "log_format",
                    "client_body_temp_path",
                    "proxy_temp_path",
                    "fastcgi_temp_path",
                    "uwsgi_temp_path",
                    "scgi_temp_path",
                    "map_hash_max_size",
                    "map_hash_bucket_size",
                    "server_names_hash_max_size",
                    "server_names_hash_bucket_size",
                    "geo",
                    "map",
                    "upstream",
                    "limit_req_zone",
                    "limit_conn_zone",
                    "server",
                    "include"),
            "upstream",
            Set.of("server", "least_conn", "ip_hash", "hash", "keepalive", "keepalive_timeout"),
            "server",
            Set.of(
                    "listen",
                    "server_name",
                    "location",
                    "include",
                    "if",
                    "set",
                    "absolute_redirect",
                    "uninitialized_variable_warn",
                    "access_log",
                    "set_real_ip_from",
                    "real_ip_header",
                    "real_ip_recursive",
                    "proxy_headers_hash_bucket_size",
                    "proxy_headers_hash_max_size",
                    "proxy_http_version",
                    "proxy_connect_timeout",
                    "proxy_next_upstream",
                    "proxy_next_upstream_tries",
                    "proxy_set_header",
                    "proxy_ignore_headers",
                    "proxy_hide_header",
                    "proxy_redirect",
                    "proxy_cookie_path",
                    "add_header"),
            "location",
            Set.of(
                    "access_log",
                    "add_header",
                    "allow",
                    "auth_basic",
                    "auth_basic_user_file",
                    "auth_request",
                    "client_max_body_size",
                    "default_type",
                    "deny",
                    "error_page",
                    "if",
                    "internal",
                    "limit_conn",
                    "limit_conn_status",
                    "limit_req",
                    "limit_req_status",
                    "proxy_buffering",
                    "proxy_cache",
                    "proxy_connect_timeout",
                    "proxy_cookie_path",
                    "proxy_hide_header",
                    "proxy_intercept_errors",
                    "proxy_next_upstream",
                    "proxy_pass",
                    "proxy_pass_request_body",
                    "proxy_read_timeout",
                    "proxy_redirect",
                    "proxy_request_buffering",
                    "proxy_send_timeout",
                    "proxy_set_header",
                    "proxy_store",
                    "recursive_error_pages",
                    "return",
                    "rewrite",
                    "satisfy",
                    "set"),
            "if",
            Set.of("return", "rewrite", "set"));

    /** What the parameters of the directives that lead somewhere look like. */
    private static final Map<String, Pattern> PARAMETERS = Map.of(
            "proxy_pass",
            Pattern.compile("http://(a[0-9a-f]{6}_[a-z0-9-]{1,63}|a64_p[0-9]+|\\$a64_(host_)?group)"
                    + "((/[A-Za-z0-9._~-]+)*/?|\\$a64_raw)"),
            "return",
            Pattern.compile("(400|404|421|500|502|308 [A-Za-z0-9._~/$-]+\\$is_args\\$args|200 [a-z0-9\\n-]+)"),
            "access_log",
            Pattern.compile("off|access.log|/var/log/nginx/access.log|a64-access.log a64 buffer=32k flush=1s"),
            "auth_basic_user_file",
            Pattern.compile("/\\S+/gen-1/auth/[a-z0-9-]{1,63}\\.htpasswd"),
            "include",
            Pattern.compile(
                    "/\\S+/a64/(current/(http|server)\\*\\.conf|gen-1/(modules|own)/\\*\\.conf|gen-1/hosts/[0-9]+\\.map)"));

    private OurDirectives() {}

    /**
     * Returns what stands in a file although we never write it.
     *
     * @param block the block whose content the file is, empty for a main configuration, {@code map} for entries
     */
    static List<String> foreign(String block, List<Directive> directives) {
        List<String> foreign = new ArrayList<>();
        directives.forEach(directive -> collect(block, directive, foreign));
        return foreign;
    }

    private static void collect(String block, Directive directive, List<String> foreign) {
        boolean isEntry = KEYED.contains(block);
        boolean known = isEntry ? isKnownEntry(directive) : isKnown(block, directive);
        if (!known) {
            foreign.add(block + " > " + directive);
        }
        directive.block().forEach(inner -> collect(directive.name(), inner, foreign));
    }

    private static boolean isKnown(String block, Directive directive) {
        String parameters =
                String.join(" ", directive.words().subList(1, directive.words().size()));
        boolean leads = PARAMETERS.containsKey(directive.name());
        return BY_BLOCK.getOrDefault(block, Set.of()).contains(directive.name())
                && (!leads
                        || PARAMETERS.get(directive.name()).matcher(parameters).matches());
    }

    private static boolean isKnownEntry(Directive entry) {
        return switch (entry.name()) {
            case "volatile" -> entry.words().size() == 1;
            case "hostnames" -> false;
            case "include" -> isKnown("http", entry);
            default -> entry.words().size() == 2 && !entry.isBlock();
        };
    }
}
