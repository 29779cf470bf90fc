package io.a64.core.internal.deploy;

import io.a64.FailureKind;
import io.a64.deploy.DeploymentException;

/** The refusals that say who is in the way. */
final class Conflicts {

    private Conflicts() {}

    static DeploymentException busy(String module) {
        return DeploymentException.beforeSteps(
                FailureKind.CONFLICT,
                module,
                "another deployment of module " + module + " is under way; try again later");
    }

    static DeploymentException installed(String module) {
        return DeploymentException.beforeSteps(
                FailureKind.CONFLICT, module, "module " + module + " is installed already; undeploy it first");
    }

    static DeploymentException unknown(String module) {
        return DeploymentException.beforeSteps(FailureKind.NOT_FOUND, module, "there is no module " + module);
    }
}
