package org.psasync.connectwise;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A release of ConnectWise, which is also a version of its model: the year and the number within it.
 *
 * <p>Source: ConnectWise developer guide, Versioning, 2026-10.
 */
record ModelVersion(int year, int number) implements Comparable<ModelVersion> {
    /** The releases whose model was compared with this connector, oldest first; older ones are unsupported. */
    static final List<ModelVersion> KNOWN =
            List.of(new ModelVersion(2025, 1), new ModelVersion(2025, 8), new ModelVersion(2025, 16));

    /** The model that this connector was written against. */
    static final ModelVersion WRITTEN_FOR = new ModelVersion(2025, 8);

    private static final Pattern WRITTEN = Pattern.compile("v?(20\\d\\d)[._](\\d{1,4})(?:[._].*)?");

    /** Reads {@code v2025.1}, {@code v2025_1/} or {@code v2025.1.10333}. */
    static Optional<ModelVersion> read(String text) {
        Matcher matcher = WRITTEN.matcher(text.strip().replace("/", ""));
        return matcher.matches()
                ? Optional.of(new ModelVersion(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2))))
                : Optional.empty();
    }

    /** The model to ask a server of this version for: never a newer one than it knows (PSA-CW-1). */
    ModelVersion pinned() {
        return compareTo(WRITTEN_FOR) < 0 ? this : WRITTEN_FOR;
    }

    /** Whether it is older than the two before the newest known (PSA-CW-1). */
    boolean isUnsupported() {
        return compareTo(KNOWN.get(KNOWN.size() - 3)) < 0;
    }

    @Override
    public int compareTo(ModelVersion other) {
        return Comparator.comparingInt(ModelVersion::year)
                .thenComparingInt(ModelVersion::number)
                .compare(this, other);
    }

    @Override
    public String toString() {
        return year + "." + number;
    }
}
