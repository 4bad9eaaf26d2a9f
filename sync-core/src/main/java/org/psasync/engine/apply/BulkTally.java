package org.psasync.engine.apply;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.psasync.engine.manage.BulkReport;
import org.psasync.model.AssetKind;
import org.psasync.model.Fields;
import org.psasync.store.Pair;

/** Counts what an action on many records does. Not safe for use by several threads. */
public final class BulkTally {
    public static final String CHANGED = "it changed since it was shown; make a new preview";
    private static final int MOST = 100;

    private final Map<AssetKind, Long> done = new EnumMap<>(AssetKind.class);
    private final List<BulkReport.Left> left = new ArrayList<>();
    private long leftCount;

    public void done(Pair pair) {
        done.merge(pair.kind(), 1L, Long::sum);
    }

    /** Returns how many records it was done to. */
    public long count() {
        return done.values().stream().mapToLong(Long::longValue).sum();
    }

    public void left(Pair pair, String reason) {
        leftCount++;
        if (left.size() < MOST) {
            String title = Objects.requireNonNullElse(Fields.title(pair.remoteValues()), "");
            left.add(new BulkReport.Left(pair.id(), pair.kind(), title, reason));
        }
    }

    public BulkReport report(String id, String message) {
        return new BulkReport(id, done, left, leftCount, message);
    }
}
