package org.psasync.engine.decide;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.psasync.engine.Disposition;
import org.psasync.engine.Mode;

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

    /** Returns the same as it stands while the integration is in a mode: what would sync says that it is paused (WHY-2). */
    public Verdict seen(Mode mode) {
        Disposition seen = mode.seen(disposition);
        if (seen == disposition) {
            return this;
        }
        boolean paused = mode == Mode.PAUSED;
        List<Because> reasons = new ArrayList<>();
        reasons.add(
                paused
                        ? new Because("DATA-7", "the integration is paused")
                        : new Because("DATA-6", "the integration is disconnected"));
        if (paused) {
            reasons.addAll(because);
        }
        return new Verdict(situation, seen, reasons, paused ? "Resume the integration." : "Connect it again.");
    }

    /** Returns the same with the host's reason why two-way is off, which is all there is to do about (SET-6). */
    public Verdict forbidden(String reason) {
        List<Because> reasons = new ArrayList<>(because);
        reasons.add(new Because("SET-6", "the host does not allow two-way: " + reason));
        return new Verdict(situation, disposition, reasons, reason);
    }

    Verdict remedy(@Nullable String newRemedy) {
        return new Verdict(situation, disposition, because, newRemedy);
    }

    /** Returns why, as one text. */
    public String text() {
        return String.join("; ", because.stream().map(Because::text).toList());
    }
}
