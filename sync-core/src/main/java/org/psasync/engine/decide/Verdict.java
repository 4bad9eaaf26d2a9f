package org.psasync.engine.decide;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.psasync.engine.Disposition;

/**
 * Where a record stands and why.
 *
 * @param situation the situation it is in
 * @param disposition the one answer
 * @param because the rules that led to it, the most telling first
 * @param remedy the smallest change that would make it sync, as a sentence; null when it syncs, or nothing can be done
 */
public record Verdict(
        Situation situation,
        Disposition disposition,
        List<Because> because,
        @Nullable String remedy) {
    public Verdict {
        requireNonNull(situation, "situation");
        requireNonNull(disposition, "disposition");
        because = List.copyOf(because);
    }

    static Verdict of(Situation situation, Disposition disposition, String rule, String text) {
        return new Verdict(situation, disposition, List.of(new Because(rule, text)), null);
    }

    Verdict remedy(@Nullable String newRemedy) {
        return new Verdict(situation, disposition, because, newRemedy);
    }

    /** Returns why, as one text. */
    public String text() {
        return String.join("; ", because.stream().map(Because::text).toList());
    }
}
