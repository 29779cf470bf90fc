/** Module records on MongoDB: collection {@code installed_modules}, readable for source system A. */
@NullMarked
package io.a64.deploy.mongo;

import org.jspecify.annotations.NullMarked;
