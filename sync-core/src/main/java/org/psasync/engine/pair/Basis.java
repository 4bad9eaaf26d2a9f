package org.psasync.engine.pair;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.psasync.engine.Verb;
import org.psasync.engine.decide.Matching;
import org.psasync.engine.decide.PairFacts;
import org.psasync.model.Choice;
import org.psasync.model.ContactPoint;
import org.psasync.model.Field;
import org.psasync.model.FieldValues;
import org.psasync.store.Observation;

/**
 * What a planned thing rests on, as a short text: it is another one when one of the two sides changed. It is the same in
 * every process, so that a plan can be kept and applied elsewhere (RUN-4).
 */
public final class Basis {
    private static final int BYTES = 16;

    private Basis() {}

    public static String of(PairFacts facts, Verb verb) {
        StringBuilder text = new StringBuilder();
        text.append(facts.local() == null ? "" : facts.local().revision().token());
        Observation observed = facts.pair().observed();
        if (observed != null) {
            text.append('\n').append(observed.deleted()).append(observed.visible());
            append(text, observed.values());
        }
        PairFacts.Rivals rivals = facts.rivals();
        if (verb == Verb.LINK && rivals != null) {
            rivals.others().stream()
                    .sorted(Comparator.comparing(
                            (Matching.Entrant other) -> other.ref().idText()))
                    .forEach(other -> append(text.append('\n').append(other.ref()), other.values()));
        }
        return digest(text.toString());
    }

    public static void append(StringBuilder text, FieldValues values) {
        for (Field<?> field : values.fields()) {
            text.append('\n').append(field).append('=').append(text(values.get(field)));
        }
    }

    /** Values that are equal have the same text. */
    private static String text(@Nullable Object value) {
        if (value instanceof Set<?> set) {
            List<String> texts = set.stream().map(Basis::text).sorted().toList();
            return texts.stream().map(each -> each.length() + ":" + each).collect(Collectors.joining());
        }
        if (value instanceof Choice choice) {
            return choice.id();
        }
        if (value instanceof ContactPoint point) {
            return point.key() + point.primary();
        }
        return value == null ? "" : value.toString();
    }

    /** Returns a short text that is another one for every text. */
    public static String digest(String text) {
        byte[] all = sha256().digest(text.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(Arrays.copyOf(all, BYTES));
    }

    public static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("Every Java platform has SHA-256", missing);
        }
    }
}
