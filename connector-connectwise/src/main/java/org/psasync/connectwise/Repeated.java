package org.psasync.connectwise;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.psasync.model.Choice;
import org.psasync.model.RemoteRef;

/**
 * Values that many records have in common, such as a type or a company, each kept as one object: a hundred thousand
 * configurations name a few hundred of them.
 *
 * <p>Bounded; safe for use by several threads.
 */
final class Repeated {
    private static final int MOST = 50_000;

    private final Map<Object, Object> known = new ConcurrentHashMap<>();

    /** A choice with its name, since choices are equal by their ids. */
    private record NamedChoice(String id, String name) {}

    /** Returns the object that was seen first among equal ones; other values than choices and references as they are. */
    Object shared(Object value) {
        if (value instanceof Choice choice) {
            return first(new NamedChoice(choice.id(), choice.name()), choice);
        }
        return value instanceof RemoteRef ? first(value, value) : value;
    }

    private Object first(Object key, Object value) {
        Object seen = known.get(key);
        if (seen != null) {
            return seen;
        }
        if (known.size() >= MOST) {
            known.clear();
        }
        known.put(key, value);
        return value;
    }
}
