/**
 * The contract of route writers. A plugin that serves HTTP extends {@link io.a64.proxy.testkit.RoutedTrafficContract},
 * any other {@link io.a64.proxy.testkit.RouteWriterContract}, as {@code <Name>RouteWriterContractTest}.
 */
@NullMarked
package io.a64.proxy.testkit;

import org.jspecify.annotations.NullMarked;
