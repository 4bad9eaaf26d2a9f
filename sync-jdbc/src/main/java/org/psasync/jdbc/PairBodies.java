package org.psasync.jdbc;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.psasync.store.Pair;

/**
 * Pairs as texts. Those written or read lately are at hand, because a run reads a pair that it stored several times, and
 * what is stored is found by nothing but the very text. Safe for use by several threads.
 */
final class PairBodies {
    /** So many characters are at hand. */
    private static final int MOST = 4_000_000;

    private final Map<String, Pair> recent = new LinkedHashMap<>(16, 0.75f, true);
    private int characters;

    /** Returns the pair of a text, with version 0. */
    Pair read(String body) {
        Pair known = find(body);
        if (known != null) {
            return known;
        }
        Pair pair = Codec.read(Pair.class, body);
        keep(body, pair);
        return pair;
    }

    /** Returns the text of a pair, without its version. */
    String write(Pair pair) {
        Pair unversioned = pair.versioned(0);
        String body = Codec.write(unversioned);
        keep(body, unversioned);
        return body;
    }

    private synchronized @Nullable Pair find(String body) {
        return recent.get(body);
    }

    private synchronized void keep(String body, Pair pair) {
        if (body.length() <= MOST && recent.put(body, pair) == null) {
            characters += body.length();
        }
        Iterator<String> oldest = recent.keySet().iterator();
        while (characters > MOST) {
            characters -= oldest.next().length();
            oldest.remove();
        }
    }
}
