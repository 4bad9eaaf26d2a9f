package org.psasync.testkit.autotask;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** What the security level of the API user rules out; nothing at the start. Threads may share it. */
public final class Rights {
    private final Set<String> denied = new HashSet<>();

    Rights() {}

    /**
     * Rules something out.
     *
     * @param entity such as {@code Products}
     * @param verb {@code query}, {@code create} or {@code update}
     */
    public synchronized Rights deny(String entity, String verb) {
        denied.add(key(entity, verb));
        return this;
    }

    /** Allows everything again. */
    public synchronized Rights allowAll() {
        denied.clear();
        return this;
    }

    synchronized boolean allows(String entity, String verb) {
        return !denied.contains(key(entity, verb));
    }

    private static String key(String entity, String verb) {
        return (entity + " " + verb).toLowerCase(Locale.ROOT);
    }
}
