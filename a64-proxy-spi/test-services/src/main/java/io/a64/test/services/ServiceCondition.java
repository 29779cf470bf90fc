package io.a64.test.services;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** Decides for {@link RequiresService}; each service is asked once per test run of a module. */
final class ServiceCondition implements ExecutionCondition {

    private static final Map<Service, Optional<String>> PROBLEMS = new ConcurrentHashMap<>();

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        String missing = context
                .getElement()
                .flatMap(element -> AnnotationSupport.findAnnotation(element, RequiresService.class))
                .map(RequiresService::value)
                .stream()
                .flatMap(Arrays::stream)
                .map(service -> PROBLEMS.computeIfAbsent(service, Service::problem))
                .flatMap(Optional::stream)
                .collect(Collectors.joining("; "));
        if (missing.isEmpty()) {
            return ConditionEvaluationResult.enabled("all services are there");
        }
        if ("real".equals(System.getenv("A64_SERVICES"))) {
            throw new ExtensionConfigurationException("A64_SERVICES=real, but " + missing + "; run .ci/provision");
        }
        return ConditionEvaluationResult.disabled(missing + "; .ci/provision brings it");
    }
}
