package org.psasync.testkit.contract;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.psasync.engine.Mode;
import org.psasync.model.AssetKind;
import org.psasync.model.LocalId;
import org.psasync.model.LocalRef;
import org.psasync.model.SyncState;
import org.psasync.store.Commit;
import org.psasync.store.Event;
import org.psasync.store.EventQuery;
import org.psasync.store.IntegrationState;
import org.psasync.store.Pair;
import org.psasync.store.StateStore;

/** Stores that break one rule each; the contract must notice every one. They are run by {@link WrongStoresTest} alone. */
final class WrongStores {
    private WrongStores() {}

    /** What a wrong state does otherwise than the one in memory. */
    interface Fault {
        @Nullable
        Object call(IntegrationState right, String method, Object[] values) throws ReflectiveOperationException;
    }

    private static StateStore wrong(Fault fault) {
        return wrong(StateStore.inMemory(), fault);
    }

    private static StateStore wrong(StateStore right, Fault fault) {
        return new StateStore() {
            @Override
            public IntegrationState integration(String name) {
                IntegrationState state = right.integration(name);
                return (IntegrationState) Proxy.newProxyInstance(
                        WrongStores.class.getClassLoader(),
                        new Class<?>[] {IntegrationState.class},
                        (p, method, given) -> {
                            Object[] values = given == null ? new Object[0] : given;
                            @Nullable Object instead = fault.call(state, method.getName(), values);
                            if (instead != null) {
                                return instead;
                            }
                            try {
                                return method.invoke(state, values);
                            } catch (InvocationTargetException failure) {
                                throw failure.getCause() == null ? failure : failure.getCause();
                            }
                        });
            }

            @Override
            public void close() {
                right.close();
            }
        };
    }

    /** Stores the pairs of a commit one by one. */
    static class InPieces extends StateStoreContract {
        @Override
        protected StateStore open() {
            return wrong((state, method, values) -> {
                if (method.equals("commit")) {
                    Commit whole = (Commit) values[0];
                    for (Pair pair : whole.put()) {
                        state.commit(new Commit(List.of(pair), List.of(), List.of(), null, null, whole.lease()));
                    }
                    return state.commit(new Commit(
                            List.of(), whole.delete(), whole.events(), whole.setup(), whole.progress(), whole.lease()));
                }
                return null;
            });
        }
    }

    /** Does not look at the lease of a commit. */
    static class WithoutLease extends StateStoreContract {
        @Override
        protected StateStore open() {
            return wrong((state, method, values) -> {
                if (method.equals("commit")) {
                    Commit all = (Commit) values[0];
                    return state.commit(
                            new Commit(all.put(), all.delete(), all.events(), all.setup(), all.progress(), null));
                }
                return null;
            });
        }
    }

    /** Returns pages back to front. */
    static class Backwards extends StateStoreContract {
        @Override
        @SuppressWarnings("unchecked")
        protected StateStore open() {
            return wrong((state, method, values) -> {
                if (method.equals("pairs")) {
                    List<Pair> page = new ArrayList<>((List<Pair>) IntegrationState.class
                            .getMethod(
                                    method,
                                    org.psasync.store.PairQuery.class,
                                    org.psasync.model.PairId.class,
                                    int.class)
                            .invoke(state, values));
                    Collections.reverse(page);
                    return page;
                }
                return null;
            });
        }
    }

    /** Tells the log from its beginning, whatever is asked. */
    static class FromTheBeginning extends StateStoreContract {
        @Override
        protected StateStore open() {
            return wrong((state, method, values) -> {
                if (!method.equals("events")) {
                    return null;
                }
                EventQuery asked = (EventQuery) values[0];
                List<Event> answer = new ArrayList<>(state.events(EventQuery.ALL).stream()
                        .filter(asked::wants)
                        .toList());
                return List.copyOf(answer.subList(0, Math.min(asked.limit(), answer.size())));
            });
        }
    }

    /** Does not say which numbers its events got. */
    static class Silent extends StateStoreContract {
        @Override
        protected StateStore open() {
            return wrong((state, method, values) -> {
                if (!method.equals("commit")) {
                    return null;
                }
                state.commit((Commit) values[0]);
                return 0L;
            });
        }
    }

    /** Gives local records to every integration that asks. */
    static class Generous extends StateStoreContract {
        @Override
        protected StateStore open() {
            return new StateStore() {
                private final java.util.Map<String, StateStore> stores = new java.util.concurrent.ConcurrentHashMap<>();

                @Override
                public IntegrationState integration(String name) {
                    return stores.computeIfAbsent(name, key -> StateStore.inMemory())
                            .integration(name);
                }

                @Override
                public void close() {
                    stores.values().forEach(StateStore::close);
                }
            };
        }
    }

    /** Lets what a disconnected integration held hide who holds it now. */
    static class Clinging extends StateStoreContract {
        @Override
        protected StateStore open() {
            return wrong((state, method, values) ->
                    method.equals("ownedElsewhere") && state.setup().mode() == Mode.DISCONNECTED ? Map.of() : null);
        }
    }

    /** Asks only for links when it asks who holds a local record. */
    static class OnlyLinks extends StateStoreContract {
        @Override
        protected StateStore open() {
            StateStore right = StateStore.inMemory();
            return wrong(right, (state, method, values) -> {
                if (!method.equals("ownedElsewhere")) {
                    return null;
                }
                Map<Object, Object> owners = new HashMap<>((Map<?, ?>) IntegrationState.class
                        .getMethod(method, AssetKind.class, Collection.class)
                        .invoke(state, values));
                owners.entrySet()
                        .removeIf(owner -> right.integration((String) owner.getValue())
                                .byLocal(new LocalRef((AssetKind) values[0], (LocalId) owner.getKey()))
                                .filter(pair -> pair.linked() && pair.state() != SyncState.DISCONNECTED)
                                .isEmpty());
                return owners;
            });
        }
    }
}
