package io.a64.examples.router.internal.limit;

import java.net.InetAddress;

/** For whom is counted: one address, for each module anew. */
record Client(String module, InetAddress address) {}
