package io.a64.container.docker;

import static io.a64.container.docker.Operation.CREATE;
import static io.a64.container.docker.Operation.EXECUTE;
import static io.a64.container.docker.Operation.FIND_NETWORK;
import static io.a64.container.docker.Operation.INSPECT;
import static io.a64.container.docker.Operation.PULL;
import static io.a64.container.docker.Operation.READ_LOG;
import static io.a64.container.docker.Operation.REMOVE;
import static io.a64.container.docker.Operation.START;

import io.a64.container.ContainerException.Problem;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What an engine's refusal means. Decided by what was asked, the status and the words, in this order of rules: the
 * same status means different things, the words of one cause differ from engine to engine (20.10 to 29, Podman), and
 * docker-java's exception classes only repeat the status.
 */
final class EngineVerdicts {

    private static final Set<Operation> ANY = EnumSet.allOf(Operation.class);
    private static final Set<Operation> CREATE_OR_START = EnumSet.of(CREATE, START);
    private static final int ANY_STATUS = -1;

    private record Rule(Set<Operation> operations, int status, Pattern words, Verdict verdict) {

        boolean fits(Operation operation, EngineAnswer answer) {
            return operations.contains(operation)
                    && (status == ANY_STATUS || status == answer.status())
                    && words.matcher(answer.text()).find();
        }
    }

    private static final Pattern ANYTHING = Pattern.compile("");
    private static final Pattern VERSION_REFUSAL = pattern("client version \\S+ is too (new|old)");

    private static final List<Rule> RULES = List.of(
            new Rule(ANY, 400, VERSION_REFUSAL, Verdict.of(Problem.UNAVAILABLE)),
            new Rule(
                    CREATE_OR_START,
                    ANY_STATUS,
                    pattern("port is already allocated|address already in use|ports are not available"),
                    Verdict.of(Problem.PORT_CONFLICT)),
            new Rule(
                    CREATE_OR_START,
                    ANY_STATUS,
                    pattern("cannot assign requested address"),
                    Verdict.of(
                            Problem.OTHER,
                            "setting " + DockerSettingRules.PUBLISH_BIND
                                    + " has to be an address of Docker's machine")),
            new Rule(
                    CREATE_OR_START,
                    ANY_STATUS,
                    pattern("network \\S+ not found|no such network|unable to find network"),
                    Verdict.of(Problem.NETWORK_NOT_FOUND)),
            new Rule(EnumSet.of(FIND_NETWORK), 404, ANYTHING, Verdict.of(Problem.NETWORK_NOT_FOUND)),
            new Rule(EnumSet.of(PULL), ANY_STATUS, ANYTHING, Verdict.of(Problem.IMAGE_NOT_FOUND)),
            new Rule(
                    EnumSet.of(CREATE),
                    ANY_STATUS,
                    pattern("no such image|image not known|manifest unknown"),
                    Verdict.of(Problem.IMAGE_NOT_FOUND)),
            new Rule(
                    EnumSet.of(CREATE),
                    ANY_STATUS,
                    pattern("container name \\S+ is already in use"),
                    Verdict.of(Problem.NAME_CONFLICT)),
            new Rule(
                    EnumSet.of(EXECUTE),
                    ANY_STATUS,
                    pattern("no such container|is not running|is restarting|is paused|container state improper"),
                    Verdict.of(Problem.UNAVAILABLE)),
            // stale endpoint of a container that the engine lost; no question of rights in spite of its status
            new Rule(
                    EnumSet.of(START), 403, pattern("endpoint with name .* already exists"), Verdict.of(Problem.OTHER)),
            new Rule(ANY, 401, ANYTHING, Verdict.of(Problem.PERMISSION_DENIED)),
            new Rule(ANY, 403, ANYTHING, Verdict.of(Problem.PERMISSION_DENIED)),
            new Rule(EnumSet.of(CREATE), 400, ANYTHING, Verdict.of(Problem.INVALID_SPEC)),
            new Rule(EnumSet.of(START), 400, ANYTHING, Verdict.of(Problem.START_FAILED)),
            new Rule(
                    EnumSet.of(START),
                    ANY_STATUS,
                    pattern("OCI runtime|executable file not found|exec format error|no such file or directory"),
                    Verdict.of(Problem.START_FAILED)),
            new Rule(EnumSet.of(START, INSPECT, READ_LOG, REMOVE), 404, ANYTHING, Verdict.of(Problem.NOT_FOUND)),
            new Rule(ANY, 503, ANYTHING, Verdict.of(Problem.UNAVAILABLE)));

    private EngineVerdicts() {}

    static Verdict of(Operation operation, EngineAnswer answer) {
        return RULES.stream()
                .filter(rule -> rule.fits(operation, answer))
                .map(Rule::verdict)
                .findFirst()
                .orElse(Verdict.of(Problem.OTHER));
    }

    static boolean isVersionRefusal(EngineAnswer answer) {
        return answer.status() == 400 && VERSION_REFUSAL.matcher(answer.text()).find();
    }

    private static Pattern pattern(String words) {
        return Pattern.compile(words, Pattern.CASE_INSENSITIVE);
    }
}
