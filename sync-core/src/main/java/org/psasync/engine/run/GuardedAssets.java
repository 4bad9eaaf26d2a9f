package org.psasync.engine.run;

import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.psasync.engine.RunReport.Status;
import org.psasync.model.Asset;
import org.psasync.model.AssetKind;
import org.psasync.model.LocalId;
import org.psasync.spi.AssetRepository;
import org.psasync.spi.LocalChange;
import org.psasync.spi.LocalChanges;
import org.psasync.spi.LocalResult;
import org.psasync.spi.MarkedAsset;
import org.psasync.spi.MatchKey;
import org.psasync.spi.PickValue;

/** The host's repository; whatever it throws stops the run and is held against no record (PULL-4). */
final class GuardedAssets implements AssetRepository {
    private final AssetRepository host;

    GuardedAssets(AssetRepository host) {
        this.host = host;
    }

    private static <T> T guarded(String what, Supplier<T> call) {
        try {
            return call.get();
        } catch (RuntimeException failure) {
            throw new RunStopped(
                    Status.ERROR, "The host could not " + what + ": " + failure.getMessage(), null, failure);
        }
    }

    @Override
    public List<Asset> find(AssetKind kind, Collection<LocalId> ids) {
        return guarded("read records", () -> host.find(kind, ids));
    }

    @Override
    public List<Asset> match(AssetKind kind, List<MatchKey> keys) {
        return guarded("search records", () -> host.match(kind, keys));
    }

    @Override
    public List<Asset> list(AssetKind kind, @Nullable LocalId after, int limit) {
        return guarded("list records", () -> host.list(kind, after, limit));
    }

    @Override
    public boolean hasChangeFeed() {
        return host.hasChangeFeed();
    }

    @Override
    public LocalChanges changes(@Nullable String mark, int limit) {
        return guarded("tell what changed", () -> host.changes(mark, limit));
    }

    @Override
    public boolean keepsPairIds() {
        return host.keepsPairIds();
    }

    @Override
    public List<LocalResult> write(List<LocalChange> changes) {
        List<LocalResult> results = guarded("write records", () -> host.write(changes));
        if (results.size() != changes.size()) {
            throw new RunStopped(
                    Status.ERROR,
                    "The host answered " + results.size() + " of " + changes.size() + " writes",
                    null,
                    null);
        }
        return results;
    }

    @Override
    public void pickLists(List<PickValue> values) {
        guarded("take pick-list values", () -> {
            host.pickLists(values);
            return values;
        });
    }

    @Override
    public void mark(List<MarkedAsset> marks) {
        guarded("show states", () -> {
            host.mark(marks);
            return marks;
        });
    }
}
