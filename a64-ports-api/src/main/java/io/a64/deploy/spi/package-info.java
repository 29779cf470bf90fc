/** What plugins of the deployment itself implement: records, admission, the engine. */
@NullMarked
package io.a64.deploy.spi;

import org.jspecify.annotations.NullMarked;
