package io.a64.test.services;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Marks tests that need real services. Where one is missing the tests are not run, with the reason in the report;
 * with {@code A64_SERVICES=real} in the environment they fail instead.
 */
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
@ExtendWith(ServiceCondition.class)
public @interface RequiresService {

    /** The services that all have to be there. */
    Service[] value();
}
