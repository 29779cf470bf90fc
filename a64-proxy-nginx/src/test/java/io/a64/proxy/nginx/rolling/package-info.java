/** Clients of all kinds and a module that is deployed anew again and again under them. */
@NullMarked
package io.a64.proxy.nginx.rolling;

import org.jspecify.annotations.NullMarked;
