package io.a64.deploy.event;

/** Something that happened to one step of a deployment or undeployment. */
public sealed interface DeploymentEvent {

    /** Returns the module. */
    String module();

    /** Returns the generation of the module. */
    int generation();

    /** Returns the step. */
    DeploymentStep step();

    /** Returns what happened, in words for an operator; may be empty. */
    String detail();

    /**
     * A step begins.
     *
     * @param module the module
     * @param generation its generation
     * @param step the step
     * @param detail what it is about
     */
    record StepStarted(String module, int generation, DeploymentStep step, String detail) implements DeploymentEvent {}

    /**
     * A step is done.
     *
     * @param module the module
     * @param generation its generation
     * @param step the step
     * @param detail what came of it
     */
    record StepDone(String module, int generation, DeploymentStep step, String detail) implements DeploymentEvent {}

    /**
     * A step failed; the steps before it are undone next.
     *
     * @param module the module
     * @param generation its generation
     * @param step the step
     * @param detail why
     */
    record StepFailed(String module, int generation, DeploymentStep step, String detail) implements DeploymentEvent {}

    /**
     * A step was undone, after a failure or because the module is undeployed.
     *
     * @param module the module
     * @param generation its generation
     * @param step the step
     * @param detail what was given back
     */
    record StepUndone(String module, int generation, DeploymentStep step, String detail) implements DeploymentEvent {}

    /**
     * A step could not be undone; what it made may be left behind.
     *
     * @param module the module
     * @param generation its generation
     * @param step the step
     * @param detail why
     */
    record UndoFailed(String module, int generation, DeploymentStep step, String detail) implements DeploymentEvent {}
}
