package org.psasync.testkit.contract;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.psasync.engine.InMemoryAssetRepository;
import org.psasync.engine.InMemoryAssetRepositoryBuilder;
import org.psasync.model.Asset;
import org.psasync.model.AssetKind;
import org.psasync.model.Edit;
import org.psasync.model.FieldValues;
import org.psasync.model.LocalId;
import org.psasync.model.LocalRef;
import org.psasync.model.OrganizationFields;
import org.psasync.model.Problem;
import org.psasync.spi.AssetRepository;
import org.psasync.spi.DeleteResult;
import org.psasync.spi.LocalChange;
import org.psasync.spi.LocalChanges;
import org.psasync.spi.LocalDelete;
import org.psasync.spi.LocalResult;
import org.psasync.spi.MatchKey;
import org.psasync.spi.PickValue;

/** A host that refuses, keeps and loses what it is told to, and else does what the one in memory does. */
class FaithfulHost implements AssetRepository {
    final Set<String> refused = new HashSet<>();
    final Set<LocalId> kept = new HashSet<>();
    final InMemoryAssetRepository real;
    boolean lost;

    FaithfulHost() {
        this.real = settings(InMemoryAssetRepository.builder(() -> Instant.EPOCH))
                .refusing(change -> refused.contains(String.valueOf(name(change.values())))
                        ? List.of(Problem.ofRecord(Problem.Code.REFUSED, "This host does not take it"))
                        : List.of())
                .build();
    }

    InMemoryAssetRepositoryBuilder settings(InMemoryAssetRepositoryBuilder builder) {
        return builder;
    }

    static @Nullable Object name(FieldValues values) {
        return values.get(SampleRecords.name(values.kind()));
    }

    static boolean has(FieldValues values, String name) {
        return name.equals(values.kind() == AssetKind.ORGANIZATION ? values.get(OrganizationFields.NAME) : null);
    }

    private void requireDatabase() {
        if (lost) {
            throw new IllegalStateException("The database is lost");
        }
    }

    Asset save(@Nullable LocalRef ref, FieldValues values, Edit edit) {
        return real.save(ref, values, edit);
    }

    @Override
    public List<Asset> find(AssetKind kind, Collection<LocalId> ids) {
        requireDatabase();
        return real.find(kind, ids);
    }

    @Override
    public List<Asset> match(AssetKind kind, List<MatchKey> keys) {
        requireDatabase();
        return real.match(kind, keys);
    }

    @Override
    public List<Asset> list(AssetKind kind, @Nullable LocalId after, int limit) {
        requireDatabase();
        return real.list(kind, after, limit);
    }

    @Override
    public boolean hasChangeFeed() {
        return true;
    }

    @Override
    public LocalChanges changes(@Nullable String mark, int limit) {
        return real.changes(mark, limit);
    }

    @Override
    public boolean keepsPairIds() {
        return true;
    }

    @Override
    public List<LocalResult> write(List<LocalChange> changes) {
        requireDatabase();
        return real.write(changes);
    }

    @Override
    public boolean deletes() {
        return true;
    }

    @Override
    public List<DeleteResult> delete(AssetKind kind, List<LocalDelete> records) {
        List<DeleteResult> results = new ArrayList<>();
        for (LocalDelete record : records) {
            results.add(
                    kept.contains(record.id())
                            ? DeleteResult.Refused.of("The host keeps it")
                            : real.delete(kind, List.of(record)).get(0));
        }
        return results;
    }

    @Override
    public void pickLists(List<PickValue> values) {
        real.pickLists(values);
    }
}
