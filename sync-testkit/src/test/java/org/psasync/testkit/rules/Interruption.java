package org.psasync.testkit.rules;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/** Lets something happen once, just before or just after a call of the engine to the PSA or to the host. */
final class Interruption {
    private Runnable before = () -> {};
    private Runnable after = () -> {};

    /** Does it once, before the next call of that name. */
    void before(Runnable once) {
        before = once;
    }

    /** Does it once, after the next call of that name. */
    void after(Runnable once) {
        after = once;
    }

    /** Returns the same party, watched at calls of that name. */
    <T> T watching(Class<T> type, T party, String call) {
        return type.cast(Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    if (method.getName().equals("forPushes")) {
                        return proxy;
                    }
                    boolean watched = method.getName().equals(call);
                    if (watched) {
                        Runnable once = before;
                        before = () -> {};
                        once.run();
                    }
                    Object answer;
                    try {
                        answer = method.invoke(party, arguments);
                    } catch (InvocationTargetException failure) {
                        throw failure.getCause();
                    }
                    if (watched) {
                        Runnable once = after;
                        after = () -> {};
                        once.run();
                    }
                    return answer;
                }));
    }
}
