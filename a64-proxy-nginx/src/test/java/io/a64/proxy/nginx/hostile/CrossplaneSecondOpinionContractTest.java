package io.a64.proxy.nginx.hostile;

import io.a64.test.services.RequiresService;
import io.a64.test.services.Service;
import java.nio.file.Path;
import java.util.List;

/** F5's crossplane knows the directives of NGINX, their places and how many words they take. */
@RequiresService(Service.NGINX_LINTERS)
final class CrossplaneSecondOpinionContractTest extends SecondOpinionContract {

    private static final String PROGRAM = """
            import crossplane, sys
            from crossplane.analyzer import DIRECTIVES

            def walk(file, block, keyed):
                for directive in block:
                    name = directive['directive']
                    if not keyed and name not in DIRECTIVES:
                        print(file, 'unknown directive "%s"' % name)
                    walk(file, directive.get('block', []), name in ('map', 'geo'))

            parsed = crossplane.parse(sys.argv[1])
            for error in parsed['errors']:
                print(error['file'], error['error'])
            for file in parsed['config']:
                walk(file['file'], file['parsed'], file['file'].endswith('.map'))
            """;

    @Override
    List<String> complaints(Path prefix) throws Exception {
        return PythonProgram.output(
                        prefix, PROGRAM, prefix.resolve("nginx.conf").toString())
                .lines()
                .toList();
    }

    @Override
    Plant plant() {
        return new Plant("location /planted/ { pwned on; }", "unknown directive \"pwned\"");
    }
}
