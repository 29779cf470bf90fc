package io.a64.deploy.spi;

import io.a64.module.ModuleSpec;
import java.util.Optional;

/** Decides whether a module may be deployed, before anything is touched. Safe for use by several threads. */
@FunctionalInterface
public interface AdmissionPolicy {

    /** Returns why the module is refused, as a sentence without secrets; empty if it may be deployed. */
    Optional<String> objection(ModuleSpec spec);
}
