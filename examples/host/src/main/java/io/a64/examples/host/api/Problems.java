package io.a64.examples.host.api;

import io.a64.A64Exception;
import io.a64.deploy.DeploymentException;
import io.a64.deploy.event.DeploymentStep;
import io.a64.examples.host.json.MalformedJsonException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns whatever a call throws into a problem. */
final class Problems {

    private static final Logger log = LoggerFactory.getLogger(Problems.class);

    private Problems() {}

    static Problem of(Exception failure) {
        if (failure instanceof ProblemException known) {
            return known.problem();
        }
        if (failure instanceof MalformedJsonException) {
            return Problem.of(ProblemType.INVALID_INPUT, message(failure));
        }
        Problem problem = failure instanceof A64Exception known
                ? of(known)
                : Problem.of(ProblemType.INTERNAL, "this is our fault; the host's log says more");
        if (problem.type().status() == 500) {
            log.error("a call failed", failure);
        }
        return problem;
    }

    private static Problem of(A64Exception failure) {
        Map<String, Object> members = new LinkedHashMap<>();
        if (failure instanceof DeploymentException deployment) {
            members.put("module_name", deployment.module());
            deployment.step().map(DeploymentStep::label).ifPresent(step -> members.put("step", step));
        }
        if (!failure.evidence().isEmpty()) {
            members.put("evidence", failure.evidence());
        }
        return Problem.of(ProblemType.of(failure.kind()), message(failure)).with(members);
    }

    private static String message(Exception failure) {
        return String.valueOf(failure.getMessage());
    }
}
