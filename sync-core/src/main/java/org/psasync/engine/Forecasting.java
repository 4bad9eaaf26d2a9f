package org.psasync.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.psasync.engine.SettingsPreview.FirstRun;
import org.psasync.model.AssetKind;
import org.psasync.model.Choice;
import org.psasync.model.Field;
import org.psasync.model.Fields;
import org.psasync.spi.ConnectorDescriptor;
import org.psasync.spi.KindDescriptor;
import org.psasync.spi.KindDescriptor.Reading;
import org.psasync.spi.ReferenceData;
import org.psasync.store.Progress;

/** Says about how long a run takes that reads everything (RUN-7). */
final class Forecasting {
    /** The most records of a page. */
    private static final long PAGE = 1000;
    /** A run with fewer requests does not show the pace. */
    private static final long ENOUGH = 10;

    private final ConnectorDescriptor connector;
    private final Progress progress;
    private final Map<AssetKind, Map<Disposition, Long>> counts;
    private final @Nullable ReferenceData reference;

    Forecasting(
            ConnectorDescriptor connector,
            Progress progress,
            Map<AssetKind, Map<Disposition, Long>> counts,
            @Nullable ReferenceData reference) {
        this.connector = connector;
        this.progress = progress;
        this.counts = counts;
        this.reference = reference;
    }

    FirstRun of(SyncSettings settings) {
        long requests = 0;
        List<String> unknown = new ArrayList<>();
        for (AssetKind kind : AssetKind.values()) {
            KindDescriptor descriptor = connector.kind(kind).orElse(null);
            if (descriptor == null || !settings.enabled(kind)) {
                continue;
            }
            OptionalLong some = requests(descriptor);
            if (some.isPresent()) {
                requests += some.getAsLong();
            } else {
                unknown.add(PsaNames.word(kind) + "s");
            }
        }
        if (!unknown.isEmpty()) {
            return new FirstRun(
                    OptionalLong.empty(),
                    Optional.empty(),
                    "How long the next run takes is not known: " + connector.displayName() + " does not tell how many "
                            + String.join(", ", unknown) + " it has.");
        }
        return timed(requests);
    }

    private FirstRun timed(long requests) {
        String text = "Reading everything takes about " + requests + " requests";
        RunReport last = progress.lastRun();
        if (last == null || last.requests() < ENOUGH || last.duration().isZero()) {
            return new FirstRun(
                    OptionalLong.of(requests),
                    Optional.empty(),
                    text + "; how long they take is not known before a longer run has shown how fast "
                            + connector.displayName() + " answers.");
        }
        Duration time = last.duration().multipliedBy(requests).dividedBy(last.requests());
        return new FirstRun(
                OptionalLong.of(requests),
                Optional.of(time),
                text + ", about " + Math.max(1, time.toMinutes()) + " minutes at the pace of the last run.");
    }

    private OptionalLong requests(KindDescriptor kind) {
        OptionalLong records = records(kind.kind());
        if (kind.reading() == Reading.LIST_PER_PARENT) {
            return records(AssetKind.ORGANIZATION);
        }
        if (records.isEmpty()) {
            return records;
        }
        long pages = records.getAsLong() / PAGE + 1;
        return OptionalLong.of(kind.reading() == Reading.ROWS_AND_DETAILS ? pages + records.getAsLong() : pages);
    }

    /** Returns how many records the PSA has: those that are known, once all were read; before, those that its lists count. */
    private OptionalLong records(AssetKind kind) {
        if (progress.kind(kind).complete()) {
            return OptionalLong.of(counts.getOrDefault(kind, Map.of()).values().stream()
                    .mapToLong(Long::longValue)
                    .sum());
        }
        Field<Choice> status = Fields.status(kind);
        List<ReferenceData.Entry> entries = status == null || reference == null
                ? List.of()
                : reference.choices().getOrDefault(status, List.of());
        boolean counted = !entries.isEmpty()
                && entries.stream().allMatch(entry -> entry.usedBy().isPresent());
        return counted
                ? OptionalLong.of(entries.stream()
                        .mapToLong(entry -> entry.usedBy().orElse(0))
                        .sum())
                : OptionalLong.empty();
    }
}
