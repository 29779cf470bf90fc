/** Looks which ports of this machine are taken, and by whom. For runtimes that publish ports here. */
@NullMarked
package io.a64.container.hostports;

import org.jspecify.annotations.NullMarked;
