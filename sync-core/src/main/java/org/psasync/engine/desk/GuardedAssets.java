package org.psasync.engine.desk;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.psasync.engine.RunReport.Status;
import org.psasync.model.Asset;
import org.psasync.model.AssetKind;
import org.psasync.model.LocalId;
import org.psasync.model.Problem;
import org.psasync.spi.AssetRepository;
import org.psasync.spi.DeleteResult;
import org.psasync.spi.LocalChange;
import org.psasync.spi.LocalChanges;
import org.psasync.spi.LocalDelete;
import org.psasync.spi.LocalResult;
import org.psasync.spi.MarkedAsset;
import org.psasync.spi.MatchKey;
import org.psasync.spi.PickValue;

/**
 * The host's repository; whatever it throws stops the run and is held against no record (PULL-4). So does an answer that
 * does not fit the question, because nothing can be concluded from it.
 */
public final class GuardedAssets implements AssetRepository {
    private final AssetRepository host;
    private final Runnable mayWrite;

    /**
     * Makes the guard of a host.
     *
     * @param mayWrite throws when nothing may be written or deleted any more
     */
    public GuardedAssets(AssetRepository host, Runnable mayWrite) {
        this.host = host;
        this.mayWrite = mayWrite;
    }

    private static <T> T guarded(String what, Supplier<T> call) {
        try {
            return requireNonNull(call.get(), "it answered null");
        } catch (RuntimeException failure) {
            throw stopped(what, failure);
        }
    }

    private static RunStopped unfit(String text) {
        return new RunStopped(Status.ERROR, text, null, null);
    }

    private static void requireKind(String question, AssetKind kind, List<Asset> answer) {
        for (Asset asset : answer) {
            if (asset == null) {
                throw unfit("The host answered null to " + question + " of kind " + kind);
            }
            if (asset.kind() != kind) {
                throw unfit("The host answered " + asset.ref() + " to " + question + " of kind " + kind);
            }
        }
    }

    private static void requireSame(LocalChange change, Asset answer) {
        boolean sameRecord = change.id() == null || change.id().equals(answer.id());
        if (!sameRecord || answer.kind() != change.kind()) {
            throw unfit("The host answered " + answer.ref() + " to a write of another record, " + change.id());
        }
    }

    private static void requireEach(String what, int wanted, List<?> results) {
        long answered = results.stream().filter(Objects::nonNull).count();
        if (answered != wanted || results.size() != wanted) {
            throw unfit("The host answered " + answered + " of " + wanted + " " + what);
        }
    }

    private static RunStopped stopped(String what, RuntimeException failure) {
        return new RunStopped(
                Status.ERROR, "The host could not " + what + ": " + FailureText.of(failure), null, failure);
    }

    @Override
    public List<Asset> find(AssetKind kind, Collection<LocalId> ids) {
        List<Asset> found = guarded("read records", () -> host.find(kind, ids));
        requireKind("a question for records", kind, found);
        Set<LocalId> wanted = Set.copyOf(ids);
        for (Asset asset : found) {
            if (!wanted.contains(asset.id())) {
                throw unfit("The host was asked for other records and answered " + asset.ref());
            }
        }
        return found;
    }

    @Override
    public List<Asset> match(AssetKind kind, List<MatchKey> keys) {
        List<Asset> found = guarded("search records", () -> host.match(kind, keys));
        requireKind("a search", kind, found);
        return found;
    }

    @Override
    public List<Asset> list(AssetKind kind, @Nullable LocalId after, int limit) {
        List<Asset> listed = guarded("list records", () -> host.list(kind, after, limit));
        requireKind("a listing", kind, listed);
        if (listed.size() > limit) {
            throw unfit("The host answered " + listed.size() + " records where at most " + limit + " were wanted");
        }
        return listed;
    }

    @Override
    public boolean hasChangeFeed() {
        return guarded("tell whether it knows what changed", host::hasChangeFeed);
    }

    @Override
    public LocalChanges changes(@Nullable String mark, int limit) {
        return guarded("tell what changed", () -> host.changes(mark, limit));
    }

    @Override
    public boolean keepsPairIds() {
        return guarded("tell whether it keeps pairs", host::keepsPairIds);
    }

    @Override
    public List<LocalResult> write(List<LocalChange> changes) {
        mayWrite.run();
        List<LocalResult> results;
        try {
            results = requireNonNull(host.write(changes), "it answered null");
        } catch (RuntimeException failure) {
            results = oneByOne(changes, failure);
        }
        requireEach("writes", changes.size(), results);
        for (int i = 0; i < results.size(); i++) {
            if (results.get(i) instanceof LocalResult.Written written) {
                requireSame(changes.get(i), written.asset());
            }
        }
        return results;
    }

    /**
     * One record that makes the host throw does not keep the others from being written. What was written before it threw
     * is answered as moved, or, a create, with the record that exists; without pair ids it would be made twice.
     */
    private List<LocalResult> oneByOne(List<LocalChange> changes, RuntimeException failure) {
        boolean repeatable = keepsPairIds() || changes.stream().noneMatch(LocalChange::isCreate);
        if (changes.size() == 1 || !repeatable) {
            throw stopped("write records", failure);
        }
        List<LocalResult> results = new ArrayList<>();
        boolean available = false;
        for (LocalChange change : changes) {
            try {
                results.add(host.write(List.of(change)).get(0));
                available = true;
            } catch (RuntimeException again) {
                results.add(new LocalResult.Refused(List.of(Problem.ofRecord(
                        Problem.Code.REFUSED, "The host could not write it: " + FailureText.of(again)))));
            }
        }
        if (!available) {
            throw stopped("write records", failure);
        }
        return results;
    }

    @Override
    public boolean deletes() {
        return guarded("tell whether it deletes", host::deletes);
    }

    @Override
    public List<DeleteResult> delete(AssetKind kind, List<LocalDelete> records) {
        mayWrite.run();
        List<DeleteResult> results;
        try {
            results = requireNonNull(host.delete(kind, records), "it answered null");
        } catch (RuntimeException failure) {
            return deletedOneByOne(kind, records, failure);
        }
        requireEach("deletes", records.size(), results);
        return results;
    }

    /** One record that makes the host throw does not keep the others; deleting again is harmless (R7.2). */
    private List<DeleteResult> deletedOneByOne(AssetKind kind, List<LocalDelete> records, RuntimeException failure) {
        List<DeleteResult> results = new ArrayList<>();
        boolean available = false;
        for (LocalDelete each : records) {
            try {
                results.add(host.delete(kind, List.of(each)).get(0));
                available = true;
            } catch (RuntimeException again) {
                results.add(DeleteResult.Refused.of("The host could not delete it: " + FailureText.of(again)));
            }
        }
        if (!available) {
            throw stopped("delete records", failure);
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
