/** What an allocation of ports costs: time, round trips, memory. Needs MongoDB. */
@NullMarked
package io.a64.examples.benchmarks.ports;

import org.jspecify.annotations.NullMarked;
