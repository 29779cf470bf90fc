/** Routes in NGINX: a generation of files is written, tested, swapped in, reloaded and proven. */
@NullMarked
package io.a64.proxy.nginx;

import org.jspecify.annotations.NullMarked;
