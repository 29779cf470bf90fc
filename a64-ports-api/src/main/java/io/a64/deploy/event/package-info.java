/** What a host application can watch while a deployment runs. */
@NullMarked
package io.a64.deploy.event;

import org.jspecify.annotations.NullMarked;
