package io.a64.core.internal.deploy;

import io.a64.deploy.AdmissionException;
import io.a64.deploy.event.DeploymentStep;
import io.a64.deploy.spi.AdmissionPolicy;
import java.util.List;
import java.util.Optional;

/** Step 1: every policy has to agree. */
record AdmitStep(List<AdmissionPolicy> policies) implements Step {

    @Override
    public DeploymentStep id() {
        return DeploymentStep.ADMIT;
    }

    @Override
    public String run(Attempt attempt) {
        for (AdmissionPolicy policy : policies) {
            Optional<String> objection = policy.objection(attempt.spec());
            if (objection.isPresent()) {
                throw new AdmissionException(objection.get());
            }
        }
        return attempt.spec().image();
    }
}
