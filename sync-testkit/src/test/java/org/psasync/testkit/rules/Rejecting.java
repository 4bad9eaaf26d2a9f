package org.psasync.testkit.rules;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;

/** The threads of a fleet, which take no work while a test wants it so; timers they take. */
final class Rejecting {
    final ScheduledExecutorService executor;
    boolean rejecting;

    Rejecting(Fleet fleet) {
        this.executor = (ScheduledExecutorService) Proxy.newProxyInstance(
                Rejecting.class.getClassLoader(),
                new Class<?>[] {ScheduledExecutorService.class},
                (proxy, method, arguments) -> {
                    if (rejecting && method.getName().equals("execute")) {
                        throw new RejectedExecutionException("busy");
                    }
                    try {
                        return method.invoke(fleet.threads, arguments);
                    } catch (InvocationTargetException failure) {
                        throw failure.getCause();
                    }
                });
    }
}
