package org.psasync.cluster;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import org.psasync.spi.PsaConnector;

/** A connector before whose requests something happens. */
final class Watched {
    private Watched() {}

    interface Before {
        void request() throws Exception;
    }

    static PsaConnector before(PsaConnector connector, Before before) {
        return (PsaConnector) Proxy.newProxyInstance(
                Watched.class.getClassLoader(), new Class<?>[] {PsaConnector.class}, (proxy, method, values) -> {
                    switch (method.getName()) {
                        case "check", "reference", "changes", "read", "create", "update" -> before.request();
                        default -> {}
                    }
                    if (method.getName().equals("forPushes")) {
                        return proxy;
                    }
                    try {
                        return method.invoke(connector, values);
                    } catch (InvocationTargetException failure) {
                        throw failure.getCause();
                    }
                });
    }
}
