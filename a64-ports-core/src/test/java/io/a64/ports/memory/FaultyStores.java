package io.a64.ports.memory;

import io.a64.Deadline;
import io.a64.ports.PortAllocation;
import io.a64.ports.PortRequest;
import io.a64.ports.PortTenure;
import io.a64.ports.registry.Claim;
import io.a64.ports.registry.PortEntry;
import io.a64.ports.registry.PortStore;
import io.a64.ports.registry.PortStoreContract;
import io.a64.ports.registry.Rests;
import io.a64.ports.registry.Tampered;
import io.a64.ports.registry.Wish;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The memory store with planted faults, each as a contract test that must fail. */
final class FaultyStores {
    private FaultyStores() {}

    /** On a registry of its own per test. */
    abstract static class OnMemory extends PortStoreContract {
        private final MemoryPorts ports = new MemoryPorts();

        @Override
        protected final PortStore open() {
            return faulty(ports.store());
        }

        abstract PortStore faulty(PortStore store);

        @Override
        protected final void passTime(Duration time) {
            ports.passTime(time);
        }

        static PortStore replaced(PortStore store, String method, Tampered.Replacement replacement) {
            return Tampered.method(PortStore.class, store, method, replacement);
        }

        static PortAllocation allocation(Object... arguments) {
            return Tampered.argument(arguments, PortAllocation.class);
        }
    }

    static final class GivesTakenPorts extends OnMemory {
        @Override
        PortStore faulty(PortStore store) {
            return replaced(store, "claim", (arguments, original) -> {
                original.with(arguments);
                return wishes(arguments).stream()
                        .map(wish -> new Claim(wish, Claim.Outcome.GOT))
                        .toList();
            });
        }
    }

    static final class IgnoresSlots extends OnMemory {
        @Override
        PortStore faulty(PortStore store) {
            return replaced(store, "claim", (arguments, original) -> {
                List<Claim> claims = new ArrayList<>();
                for (Wish wish : wishes(arguments)) {
                    Wish without = new Wish(wish.internalPort(), wish.port(), "", wish.from());
                    Claim claim = store.claim((PortRequest) arguments[0], List.of(without), (Deadline) arguments[2])
                            .get(0);
                    claims.add(new Claim(wish, claim.outcome()));
                }
                return claims;
            });
        }
    }

    static final class LeavesALeaseAsItIs extends OnMemory {
        @Override
        PortStore faulty(PortStore store) {
            return replaced(
                    store,
                    "keep",
                    (arguments, original) -> allocation(arguments).ports().values().stream()
                            .allMatch(port -> store.entry(port, soon())
                                    .filter(entry -> entry.owner()
                                                    .equals(allocation(arguments)
                                                            .owner())
                                            && entry.generation()
                                                    == allocation(arguments).generation()
                                            && entry.state() != PortEntry.State.COOLING)
                                    .isPresent()));
        }
    }

    static final class KeepsForAnybody extends OnMemory {
        @Override
        PortStore faulty(PortStore store) {
            return replaced(store, "keep", (arguments, original) -> {
                original.with(arguments);
                return true;
            });
        }
    }

    static final class ConfirmsWhatIsLeft extends OnMemory {
        @Override
        PortStore faulty(PortStore store) {
            return replaced(store, "confirm", (arguments, original) -> {
                boolean all = true;
                for (int port : allocation(arguments).ports().values()) {
                    all &= (boolean) original.with(allocation(arguments).only(List.of(port)), soon());
                }
                return all;
            });
        }
    }

    static final class RenewsWhatIsBound extends OnMemory {
        @Override
        PortStore faulty(PortStore store) {
            return replaced(store, "renew", (arguments, original) -> store.keep(allocation(arguments), soon()));
        }
    }

    static final class DoesNotExtend extends OnMemory {
        @Override
        PortStore faulty(PortStore store) {
            return replaced(
                    store,
                    "extend",
                    (arguments, original) -> original.with(arguments[0], Duration.ofSeconds(1), arguments[2]));
        }
    }

    static final class NeverRests extends OnMemory {
        @Override
        PortStore faulty(PortStore store) {
            return replaced(
                    store, "release", (arguments, original) -> original.with(arguments[0], false, arguments[2]));
        }
    }

    static final class ReleasesForAnybody extends OnMemory {
        @Override
        PortStore faulty(PortStore store) {
            return replaced(store, "release", (arguments, original) -> {
                boolean any = false;
                for (int port : allocation(arguments).ports().values()) {
                    Optional<PortEntry> entry = store.entry(port, soon());
                    if (entry.isPresent()) {
                        any |= (boolean) original.with(holder(entry.get()), arguments[1], arguments[2]);
                    }
                }
                return any;
            });
        }
    }

    static final class CallsAQuarantineARelease extends OnMemory {
        @Override
        PortStore faulty(PortStore store) {
            return replaced(
                    store,
                    "quarantine",
                    (arguments, original) -> store.release(
                            allocation(arguments)
                                    .only(((Map<?, ?>) arguments[1])
                                            .keySet().stream()
                                                    .map(Integer.class::cast)
                                                    .toList()),
                            true,
                            soon()));
        }
    }

    static final class NeverSweeps extends OnMemory {
        @Override
        PortStore faulty(PortStore store) {
            return replaced(store, "sweep", (arguments, original) -> null);
        }
    }

    static final class EndsQuarantinesWithTheCooldown extends OnMemory {
        @Override
        PortStore faulty(PortStore store) {
            return replaced(store, "sweep", (arguments, original) -> {
                Rests rests = (Rests) arguments[0];
                return original.with(
                        new Rests(rests.lease(), rests.cooldown(), rests.cooldown()), arguments[1], arguments[2]);
            });
        }
    }

    static final class TakesTheHighest extends OnMemory {
        @Override
        PortStore faulty(PortStore store) {
            return replaced(store, "takeLowest", (arguments, original) -> {
                BitSet free = store.free((BitSet) arguments[2], soon());
                BitSet highest = new BitSet();
                free.stream().max().ifPresent(highest::set);
                return original.with(arguments[0], arguments[1], highest, arguments[3]);
            });
        }
    }

    static final class FindsTheFirstGenerationOnly extends OnMemory {
        @Override
        PortStore faulty(PortStore store) {
            return replaced(
                    store,
                    "heldBy",
                    (arguments, original) -> ((List<?>) original.with(arguments))
                            .stream()
                                    .map(PortEntry.class::cast)
                                    .filter(entry -> entry.generation() == 1)
                                    .toList());
        }
    }

    static final class ListsInAnyOrder extends OnMemory {
        @Override
        PortStore faulty(PortStore store) {
            return replaced(store, "entries", (arguments, original) -> {
                List<Object> entries = new ArrayList<>((List<?>) original.with(arguments));
                Collections.reverse(entries);
                return entries;
            });
        }
    }

    static final class ForgetsThePast extends OnMemory {
        @Override
        PortStore faulty(PortStore store) {
            return replaced(
                    store,
                    "tenures",
                    (arguments, original) -> ((List<?>) original.with(arguments))
                            .stream()
                                    .map(PortTenure.class::cast)
                                    .filter(tenure -> tenure.to().isEmpty())
                                    .toList());
        }
    }

    private static List<Wish> wishes(Object[] arguments) {
        return ((List<?>) arguments[1]).stream().map(Wish.class::cast).toList();
    }

    private static PortAllocation holder(PortEntry entry) {
        return new PortAllocation(
                entry.module(), entry.generation(), entry.owner(), Map.of(entry.internalPort(), entry.port()));
    }

    private static Deadline soon() {
        return Deadline.after(Duration.ofSeconds(60));
    }
}
