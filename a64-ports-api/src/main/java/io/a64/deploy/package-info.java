/** What a host application calls: deploy and undeploy modules. */
@NullMarked
package io.a64.deploy;

import org.jspecify.annotations.NullMarked;
