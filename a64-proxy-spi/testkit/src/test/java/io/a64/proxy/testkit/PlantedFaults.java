package io.a64.proxy.testkit;

import com.sun.net.httpserver.Headers;
import io.a64.Deadline;
import io.a64.proxy.Route;
import io.a64.proxy.RouteOptions;
import io.a64.proxy.testkit.RouteWriterContractSelfTest.OnReference;
import java.net.URI;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** Writers and proxies with one fault each, to be caught by the contract. */
final class PlantedFaults {

    private PlantedFaults() {}

    static final class ReturnsBeforeItIsServed extends OnReference {
        @Override
        ReferenceProxy proxy() {
            return new ReferenceProxy() {
                @Override
                void serve(List<Route> next) {
                    CompletableFuture.delayedExecutor(200, TimeUnit.MILLISECONDS)
                            .execute(() -> super.serve(next));
                }
            };
        }
    }

    static final class DropsAnotherModule extends OnReference {
        @Override
        ReferenceWriter writer(ReferenceProxy shared) {
            return new ReferenceWriter(shared) {
                @Override
                void put(SortedMap<String, Route> routes, Route route) {
                    routes.clear();
                    super.put(routes, route);
                }
            };
        }
    }

    static final class InterruptsOthers extends OnReference {
        @Override
        ReferenceProxy proxy() {
            return new ReferenceProxy() {
                @Override
                void serve(List<Route> next) {
                    super.serve(List.of());
                    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(20);
                    while (System.nanoTime() - end < 0) {
                        Thread.onSpinWait();
                    }
                    super.serve(next);
                }
            };
        }
    }

    static final class LosesTheQuery extends OnReference {
        @Override
        ReferenceProxy proxy() {
            return new ReferenceProxy() {
                @Override
                String query(URI asked) {
                    return "";
                }
            };
        }
    }

    static final class AppendsToForwardedFor extends OnReference {
        @Override
        ReferenceProxy proxy() {
            return new ReferenceProxy() {
                @Override
                String forwardedFor(Headers asked, String peer) {
                    String claimed = asked.getFirst("X-Forwarded-For");
                    return claimed == null ? peer : claimed + ", " + peer;
                }
            };
        }
    }

    static final class ForgetsTheHolder extends OnReference {
        @Override
        ReferenceWriter writer(ReferenceProxy shared) {
            return new ReferenceWriter(shared) {
                @Override
                void requireFree(SortedMap<String, Route> routes, Route wanted) {
                    routes.values()
                            .removeIf(held ->
                                    held.match().path().equals(wanted.match().path()));
                }
            };
        }
    }

    static final class RemovesNothing extends OnReference {
        @Override
        ReferenceWriter writer(ReferenceProxy shared) {
            return new ReferenceWriter(shared) {
                @Override
                boolean takeOut(SortedMap<String, Route> routes, String module) {
                    return routes.containsKey(module);
                }
            };
        }
    }

    static final class DoublesSecurityHeaders extends OnReference {
        @Override
        ReferenceProxy proxy() {
            return new ReferenceProxy() {
                @Override
                void secure(Headers headers) {
                    headers.add("X-Content-Type-Options", "nosniff");
                    headers.add("X-Frame-Options", "SAMEORIGIN");
                }
            };
        }
    }

    static final class LeavesSecurityToTheModule extends OnReference {
        @Override
        ReferenceProxy proxy() {
            return new ReferenceProxy() {
                @Override
                void secure(Headers headers) {}
            };
        }
    }

    static final class ForgetsToProve extends OnReference {
        @Override
        ReferenceWriter writer(ReferenceProxy shared) {
            return new ReferenceWriter(shared) {
                @Override
                public void prove(Route route, Deadline deadline) {}
            };
        }
    }

    static final class IgnoresTheDeadline extends OnReference {
        @Override
        ReferenceWriter writer(ReferenceProxy shared) {
            return new ReferenceWriter(shared) {
                @Override
                void requireTime(String module, Deadline deadline) {}
            };
        }
    }

    static final class ForgetsTheOptions extends OnReference {
        @Override
        ReferenceWriter writer(ReferenceProxy shared) {
            return new ReferenceWriter(shared) {
                @Override
                void put(SortedMap<String, Route> routes, Route route) {
                    RouteOptions defaults = RouteOptions.defaults();
                    super.put(
                            routes,
                            Route.onPath(
                                    route.module(),
                                    route.generation(),
                                    route.match().path(),
                                    route.upstreams(),
                                    defaults));
                }
            };
        }
    }

    static final class TakesAnyBody extends OnReference {
        @Override
        ReferenceProxy proxy() {
            return new ReferenceProxy() {
                @Override
                boolean isTooLong(Headers asked, byte[] body, Route route) {
                    return false;
                }
            };
        }
    }

    static final class DoesNotMapBack extends OnReference {
        @Override
        ReferenceProxy proxy() {
            return new ReferenceProxy() {
                @Override
                List<String> mapped(List<String> headers, String prefix) {
                    return headers;
                }
            };
        }
    }

    static final class LimitsDeclaredBodiesOnly extends OnReference {
        @Override
        ReferenceProxy proxy() {
            return new ReferenceProxy() {
                @Override
                boolean isTooLong(Headers asked, byte[] body, Route route) {
                    return asked.containsKey("Content-Length") && super.isTooLong(asked, body, route);
                }
            };
        }
    }

    static final class MatchesHalfSegments extends OnReference {
        @Override
        ReferenceProxy proxy() {
            return new ReferenceProxy() {
                @Override
                boolean matches(Route route, String path) {
                    return (path + "/")
                            .startsWith(route.match()
                                    .path()
                                    .substring(0, route.match().path().length() - 1));
                }

                @Override
                String stripped(String path, String prefix) {
                    return "/" + super.stripped(path, prefix);
                }
            };
        }
    }

    static final class ServesFormerPaths extends OnReference {
        @Override
        ReferenceProxy proxy() {
            return new ReferenceProxy() {
                private final List<Route> ever = new CopyOnWriteArrayList<>();

                @Override
                void serve(List<Route> next) {
                    ever.addAll(next);
                    super.serve(ever);
                }
            };
        }
    }
}
