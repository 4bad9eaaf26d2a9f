package org.psasync.testkit.rules;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.function.Consumer;
import org.psasync.spi.AssetRepository;
import org.psasync.spi.PsaConnector;
import org.psasync.store.EventQuery;
import org.psasync.store.IntegrationState;

/** Ports that fail, or are watched, at one of their methods. */
final class Broken {
    private Broken() {}

    /** A connector whose method throws what no connector should. */
    static PsaConnector connector(PsaConnector real, String method) {
        return watched(PsaConnector.class, real, method, name -> {
            throw new IllegalStateException("broken");
        });
    }

    /** A connector of which something hears before a method is called. */
    static PsaConnector connector(PsaConnector real, String method, Runnable before) {
        return watched(PsaConnector.class, real, method, name -> before.run());
    }

    /** A host of which something hears before a method is called. */
    static AssetRepository host(AssetRepository real, String method, Runnable before) {
        return watched(AssetRepository.class, real, method, name -> before.run());
    }

    /** A memory of which something hears what events are asked for. */
    static IntegrationState state(IntegrationState real, Consumer<EventQuery> asked) {
        return (IntegrationState) Proxy.newProxyInstance(
                IntegrationState.class.getClassLoader(),
                new Class<?>[] {IntegrationState.class},
                (proxy, called, args) -> {
                    if (called.getName().equals("events")) {
                        asked.accept((EventQuery) args[0]);
                    }
                    try {
                        return called.invoke(real, args);
                    } catch (InvocationTargetException failure) {
                        throw failure.getCause();
                    }
                });
    }

    /** A memory of which something hears how many pairs are asked for. */
    static IntegrationState pages(IntegrationState real, Consumer<Integer> asked) {
        return (IntegrationState) Proxy.newProxyInstance(
                IntegrationState.class.getClassLoader(),
                new Class<?>[] {IntegrationState.class},
                (proxy, called, args) -> {
                    if (called.getName().equals("pairs")) {
                        asked.accept((Integer) args[2]);
                    }
                    try {
                        return called.invoke(real, args);
                    } catch (InvocationTargetException failure) {
                        throw failure.getCause();
                    }
                });
    }

    private static <T> T watched(Class<T> port, T real, String method, Consumer<String> before) {
        return port.cast(Proxy.newProxyInstance(port.getClassLoader(), new Class<?>[] {port}, (proxy, called, args) -> {
            if (called.getName().equals(method)) {
                before.accept(method);
            }
            try {
                return called.invoke(real, args);
            } catch (InvocationTargetException failure) {
                throw failure.getCause();
            }
        }));
    }
}
