package io.a64.proxy.nginx.hostile;

import io.a64.test.services.RequiresService;
import io.a64.test.services.Service;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Gixy looks for weaknesses: split answers, requests to where a client wants, spoofed hosts, lost headers. */
@RequiresService(Service.NGINX_LINTERS)
final class GixySecondOpinionContractTest extends SecondOpinionContract {

    private static final String PROGRAM = """
            import contextlib, io, json, sys
            from gixy.cli.main import main
            printed = io.StringIO()
            sys.argv = ['gixy', '-f', 'json', '-l', sys.argv[1]]
            with contextlib.redirect_stdout(printed):
                with contextlib.suppress(SystemExit):
                    main()
            for issue in json.loads(printed.getvalue()):
                print(issue['plugin'], issue['file'], issue['line'], issue['reason'], ' '.join(issue['config'].split()))
            """;

    /** What it cannot know, and where: the check, then a part of the configuration that it shows. */
    private static final Map<String, List<String>> KNOWN = Map.of(
            // What stands behind the name of the group begins with a slash, or the answer is 400.
            "ssrf", List.of("raw$a64_raw; }"),
            // NGINX writes the path anew, escaped, when it asks a group.
            "http_splitting",
                    List.of(
                            "rewrite ^ /__a64/$a64_group$a64_rest last; } location @a64_again { rewrite ^ $a64_rest break;"),
            // "set" belongs to the same module as "if".
            "if_is_evil", List.of("if ($remote_addr = $server_addr) { set $a64_self 1; }"),
            // The variables name groups, and groups hold addresses.
            "missing_resolver", List.of("proxy_pass http://$a64_host_group;", "proxy_pass http://$a64_group;"),
            // What a prefix is stripped from is normalized; a route may have it raw.
            "proxy_pass_normalized", List.of("location ^~ /plain/ {", "location ^~ /__a64/a64_p0/ {"),
            // NGINX knows the variables of all blocks; one that is not set yet is empty.
            "[variable]", List.of("Can't find variable 'a64_module' in script '$a64_module$uri'"));

    private static boolean isKnown(String complaint) {
        String check = complaint.split("\\s", 2)[0];
        return KNOWN.getOrDefault(check, List.of()).stream().anyMatch(complaint::contains)
                && !complaint.contains("/planted/");
    }

    @Override
    List<String> complaints(Path prefix) throws Exception {
        return PythonProgram.output(
                        prefix, PROGRAM, prefix.resolve("nginx.conf").toString())
                .lines()
                .filter(complaint -> !isKnown(complaint))
                .toList();
    }

    @Override
    Plant plant() {
        return new Plant("location /planted/ { proxy_pass http://$arg_to/; }", "/planted/");
    }
}
