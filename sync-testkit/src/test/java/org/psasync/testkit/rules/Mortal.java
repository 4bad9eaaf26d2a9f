package org.psasync.testkit.rules;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import org.psasync.store.IntegrationState;

/** The life of a process: when it is over, nothing is stored and nothing released any more. */
final class Mortal {
    private int commitsLeft;
    private boolean dead;

    /** Lives for ever, unless it is told to {@link #die}. */
    Mortal() {
        this(Integer.MAX_VALUE);
    }

    /** Dies after so many commits. */
    Mortal(int commits) {
        this.commitsLeft = commits;
    }

    /** What a dead process throws; no part of the engine takes it for a failure of its own. */
    static final class Died extends Error {
        private static final long serialVersionUID = 1;
    }

    /** Ends it in the midst of what it does. */
    Died die() {
        dead = true;
        return new Died();
    }

    /** The memory as this process reaches it. */
    IntegrationState memory(IntegrationState real) {
        return (IntegrationState) Proxy.newProxyInstance(
                Mortal.class.getClassLoader(), new Class<?>[] {IntegrationState.class}, (proxy, method, arguments) -> {
                    if (dead) {
                        throw new Died();
                    }
                    Object answer;
                    try {
                        answer = method.invoke(real, arguments);
                    } catch (InvocationTargetException failure) {
                        throw failure.getCause();
                    }
                    if (method.getName().equals("commit") && --commitsLeft <= 0) {
                        throw die();
                    }
                    return answer;
                });
    }
}
