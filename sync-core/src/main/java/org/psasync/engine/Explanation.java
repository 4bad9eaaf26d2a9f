package org.psasync.engine;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.psasync.model.AssetKind;
import org.psasync.model.LocalRef;
import org.psasync.model.RemoteRef;

/**
 * Where a record stands, and what would make it sync (WHY-1).
 *
 * @param kind the kind of record
 * @param local the host's record; null when there is none
 * @param remote the PSA's record; null when there is none
 * @param title what a person would call it; empty when it has no name
 * @param disposition the one answer
 * @param reasons the rules that led to it
 * @param evidence what was looked at: values and times
 * @param remedy the smallest change that would make it sync; null when it syncs, or nothing can be done
 */
public record Explanation(
        AssetKind kind,
        @Nullable LocalRef local,
        @Nullable RemoteRef remote,
        String title,
        Disposition disposition,
        List<Reason> reasons,
        List<Evidence> evidence,
        @Nullable String remedy) {

    /**
     * A rule and how it applies.
     *
     * @param rule its id
     * @param text a sentence
     */
    public record Reason(String rule, String text) {}

    /**
     * Something that was looked at.
     *
     * @param what what it is
     * @param value what it showed
     */
    public record Evidence(String what, String value) {}

    public Explanation {
        requireNonNull(kind, "kind");
        requireNonNull(disposition, "disposition");
        reasons = List.copyOf(reasons);
        evidence = List.copyOf(evidence);
    }

    /** Returns the explanation as a person reads it, several lines. */
    public String print() {
        StringBuilder text = new StringBuilder();
        text.append(kind.name().toLowerCase(Locale.ROOT))
                .append(" \"")
                .append(title)
                .append("\": ");
        text.append(disposition.words()).append('\n');
        reasons.forEach(reason -> text.append("  because ")
                .append(reason.text())
                .append(" (")
                .append(reason.rule())
                .append(")\n"));
        evidence.forEach(seen -> text.append("  ")
                .append(seen.what())
                .append(": ")
                .append(seen.value())
                .append('\n'));
        if (remedy != null) {
            text.append("  to do: ").append(remedy).append('\n');
        }
        return text.toString();
    }
}
