package org.psasync.testkit.contract;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.psasync.engine.InMemoryAssetRepositoryBuilder;
import org.psasync.model.Asset;
import org.psasync.model.AssetKind;
import org.psasync.model.Edit;
import org.psasync.model.Field;
import org.psasync.model.FieldValues;
import org.psasync.model.LocalId;
import org.psasync.model.LocalRef;
import org.psasync.model.LocationFields;
import org.psasync.model.OrganizationFields;
import org.psasync.model.Origin;
import org.psasync.spi.DeleteResult;
import org.psasync.spi.LocalChange;
import org.psasync.spi.LocalChanges;
import org.psasync.spi.LocalDelete;
import org.psasync.spi.LocalResult;
import org.psasync.spi.MatchKey;
import org.psasync.spi.PickValue;

/** Hosts that break one rule each, and the tests of the contract that must fail for it. */
final class WrongHosts {
    private WrongHosts() {}

    /** A wrong host: the tests that fail for it, and nothing else. */
    record Wrong(Set<String> tests, String fault, Supplier<FaithfulHost> maker) {
        @Override
        public String toString() {
            return String.join(", ", tests) + ": " + fault;
        }
    }

    private static Wrong wrong(String tests, String fault, Supplier<FaithfulHost> maker) {
        return new Wrong(Set.of(tests.split(", ")), fault, maker);
    }

    static List<Wrong> all() {
        List<Wrong> all = new ArrayList<>(reading());
        all.addAll(listing());
        all.addAll(writing());
        all.addAll(deleting());
        return all;
    }

    private static void pause() {
        try {
            Thread.sleep(2);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    // Reading --------------------------------------------------------------------------------------------------------

    private static List<Wrong> reading() {
        return List.of(
                wrong(
                        "RepositoryReadingRules#threadsMayShareIt",
                        "shows nothing while it writes",
                        () -> new FaithfulHost() {
                            private final AtomicInteger writers = new AtomicInteger();

                            @Override
                            public List<LocalResult> write(List<LocalChange> changes) {
                                writers.incrementAndGet();
                                pause();
                                writers.decrementAndGet();
                                return super.write(changes);
                            }

                            @Override
                            public List<Asset> find(AssetKind kind, Collection<LocalId> ids) {
                                return writers.get() > 0 ? List.of() : super.find(kind, ids);
                            }
                        }),
                wrong(
                        "RepositoryReadingRules#failuresAreThrown",
                        "finds nothing without its database",
                        () -> new FaithfulHost() {
                            @Override
                            public List<Asset> find(AssetKind kind, Collection<LocalId> ids) {
                                return lost ? List.of() : super.find(kind, ids);
                            }
                        }),
                wrong("RepositoryReadingRules#findsWhatIsThere", "does not look at the kind", () -> new FaithfulHost() {
                    @Override
                    public List<Asset> find(AssetKind kind, Collection<LocalId> ids) {
                        List<Asset> found = new ArrayList<>(super.find(kind, ids));
                        if (kind == AssetKind.CONTACT) {
                            found.addAll(super.find(AssetKind.ORGANIZATION, ids));
                        }
                        return found;
                    }
                }),
                wrong("RepositoryReadingRules#seesWhatItWrote", "answers once from a cache", () -> new FaithfulHost() {
                    private final Map<LocalId, Asset> cache = new HashMap<>();

                    @Override
                    public List<Asset> find(AssetKind kind, Collection<LocalId> ids) {
                        List<Asset> found = new ArrayList<>(super.find(kind, ids));
                        found.replaceAll(asset -> {
                            Asset before = cache.put(asset.id(), asset);
                            boolean first = before != null && has(before.values(), "Acme");
                            return first ? before : asset;
                        });
                        return found;
                    }
                }),
                wrong(
                        "RepositoryReadingRules#blankAndAbsentAreTold",
                        "leaves out what is blank",
                        () -> new FaithfulHost() {
                            @Override
                            public List<Asset> find(AssetKind kind, Collection<LocalId> ids) {
                                List<Asset> found = new ArrayList<>(super.find(kind, ids));
                                found.replaceAll(asset -> has(asset.values(), "Acme") ? sparse(asset) : asset);
                                return found;
                            }
                        }),
                wrong("RepositoryReadingRules#matchesKeys", "looks for the first key", () -> new FaithfulHost() {
                    @Override
                    public List<Asset> match(AssetKind kind, List<MatchKey> keys) {
                        return super.match(kind, keys.subList(0, Math.min(1, keys.size())));
                    }
                }),
                wrong("RepositoryReadingRules#matchesWithoutCase", "compares with case", () -> new FaithfulHost() {
                    @Override
                    public List<Asset> match(AssetKind kind, List<MatchKey> keys) {
                        return super.match(kind, keys).stream()
                                .filter(asset -> keys.stream()
                                        .anyMatch(key -> String.valueOf(name(key.values()))
                                                .equals(name(asset.values()))))
                                .toList();
                    }
                }),
                wrong("RepositoryReadingRules#matchesBlankFields", "takes blank for any", () -> new FaithfulHost() {
                    @Override
                    public List<Asset> match(AssetKind kind, List<MatchKey> keys) {
                        return super.match(
                                kind,
                                keys.stream()
                                        .filter(key ->
                                                key.values().fields().stream().noneMatch(key.values()::isBlank))
                                        .toList());
                    }
                }));
    }

    private static Asset sparse(Asset asset) {
        FieldValues values = asset.values().only(field -> !asset.values().isBlank(field));
        return new Asset(asset.id(), values, asset.revision(), asset.lastEdit(), asset.pair());
    }

    private static List<Wrong> listing() {
        return List.of(
                wrong("RepositoryReadingRules#listsEachOnce", "begins with the last again", () -> new FaithfulHost() {
                    @Override
                    public List<Asset> list(AssetKind kind, @Nullable LocalId after, int limit) {
                        List<Asset> page = new ArrayList<>();
                        if (after != null && limit == 5) {
                            page.addAll(super.find(kind, List.of(after)));
                        }
                        page.addAll(super.list(kind, after, limit - page.size()));
                        return page;
                    }
                }),
                wrong("RepositoryReadingRules#listsUnderChanges", "counts where it was", () -> new FaithfulHost() {
                    private final Map<LocalId, Integer> places = new LinkedHashMap<>();

                    @Override
                    public List<Asset> list(AssetKind kind, @Nullable LocalId after, int limit) {
                        List<Asset> all = super.list(kind, null, 1000);
                        int from = after == null ? 0 : places.getOrDefault(after, 0);
                        int first = Math.min(from, all.size());
                        List<Asset> page = all.subList(first, Math.min(all.size(), first + limit));
                        for (int i = 0; i < page.size(); i++) {
                            places.put(page.get(i).id(), first + i + 1);
                        }
                        return page;
                    }
                }),
                wrong("RepositoryReadingRules#tellsWhatChanged", "does not tell of deletes", () -> new FaithfulHost() {
                    @Override
                    public LocalChanges changes(@Nullable String mark, int limit) {
                        LocalChanges right = super.changes(mark, limit);
                        return new LocalChanges(
                                right.records().stream().filter(real::knows).toList(), right.mark(), right.last());
                    }
                }),
                wrong(
                        "RepositoryReadingRules#tellsOfLaterChanges",
                        "tells of each record once",
                        () -> new FaithfulHost() {
                            private final Set<String> beginnings = new HashSet<>();
                            private final Set<LocalRef> told = new HashSet<>();

                            @Override
                            public LocalChanges changes(@Nullable String mark, int limit) {
                                LocalChanges right = super.changes(mark, limit);
                                if (mark == null) {
                                    beginnings.add(right.mark());
                                } else if (beginnings.contains(mark)) {
                                    told.clear();
                                }
                                return new LocalChanges(
                                        right.records().stream()
                                                .filter(told::add)
                                                .toList(),
                                        right.mark(),
                                        right.last());
                            }
                        }),
                wrong("RepositoryReadingRules#beginsWithNow", "begins with all", () -> new FaithfulHost() {
                    @Override
                    public LocalChanges changes(@Nullable String mark, int limit) {
                        LocalChanges right = super.changes(mark, limit);
                        return mark != null
                                ? right
                                : new LocalChanges(
                                        real.all(AssetKind.ORGANIZATION).stream()
                                                .map(Asset::ref)
                                                .toList(),
                                        right.mark(),
                                        right.last());
                    }
                }));
    }

    // Writing --------------------------------------------------------------------------------------------------------

    /** A host that writes each change by itself. */
    private abstract static class OneByOne extends FaithfulHost {
        abstract LocalResult one(LocalChange change);

        LocalResult right(LocalChange change) {
            return super.write(List.of(change)).get(0);
        }

        @Override
        public List<LocalResult> write(List<LocalChange> changes) {
            return changes.stream().map(this::one).toList();
        }
    }

    private static LocalChange with(LocalChange change, FieldValues values) {
        return new LocalChange(change.pair(), change.id(), change.expected(), values);
    }

    private static List<Wrong> writing() {
        return List.of(
                wrong("RepositoryWritingRules#oldRevisionsAreRefused", "shows what was expected", () -> new OneByOne() {
                    @Override
                    LocalResult one(LocalChange change) {
                        LocalResult right = right(change);
                        return right instanceof LocalResult.Moved moved
                                ? new LocalResult.Moved(new Asset(
                                        moved.asset().id(),
                                        change.values(),
                                        moved.asset().revision(),
                                        moved.asset().lastEdit(),
                                        moved.asset().pair()))
                                : right;
                    }
                }),
                wrong(
                        "RepositoryWritingRules#oldRevisionsAreRefused, RepositoryWritingRules#oneOfManyWins,"
                                + " RepositoryWritingRules#eachOnItsOwn",
                        "does not look at revisions",
                        () -> new OneByOne() {
                            @Override
                            LocalResult one(LocalChange change) {
                                return right(current(change));
                            }

                            private LocalChange current(LocalChange change) {
                                LocalId id = change.id();
                                List<Asset> there = id == null ? List.of() : real.find(change.kind(), List.of(id));
                                return there.isEmpty()
                                        ? change
                                        : new LocalChange(
                                                change.pair(), id, there.get(0).revision(), change.values());
                            }
                        }),
                wrong("RepositoryWritingRules#oneOfManyWins", "looks, and writes later", () -> new OneByOne() {
                    @Override
                    LocalResult one(LocalChange change) {
                        LocalId id = change.id();
                        List<Asset> there = id == null ? List.of() : real.find(change.kind(), List.of(id));
                        if (there.isEmpty() || !there.get(0).revision().equals(change.expected())) {
                            return right(change);
                        }
                        pause();
                        Asset now = real.find(
                                        change.kind(), List.of(there.get(0).id()))
                                .get(0);
                        return right(new LocalChange(change.pair(), now.id(), now.revision(), change.values()));
                    }
                }),
                wrong("RepositoryWritingRules#goneIsMissing", "brings records back", () -> new OneByOne() {
                    @Override
                    LocalResult one(LocalChange change) {
                        LocalResult right = right(change);
                        return right instanceof LocalResult.Missing
                                ? right(new LocalChange(change.pair(), null, null, change.values()))
                                : right;
                    }
                }),
                wrong(
                        "RepositoryWritingRules#onlyItsFieldsAreWritten",
                        "clears what it was not told",
                        () -> new OneByOne() {
                            @Override
                            LocalResult one(LocalChange change) {
                                boolean told = change.kind() != AssetKind.ORGANIZATION
                                        || change.values().has(OrganizationFields.SHORT_NAME);
                                return right(
                                        told
                                                ? change
                                                : with(
                                                        change,
                                                        change.values().with(OrganizationFields.SHORT_NAME, null)));
                            }
                        }),
                wrong("RepositoryWritingRules#answersAsStored", "writes as a user", () -> new OneByOne() {
                    @Override
                    LocalResult one(LocalChange change) {
                        LocalResult right = right(change);
                        return right instanceof LocalResult.Written written && !change.isCreate()
                                ? new LocalResult.Written(
                                        real.save(written.asset().ref(), change.values(), RepositoryRules.BY_ANNA))
                                : right;
                    }
                }),
                wrong("RepositoryWritingRules#savesAreTold", "takes all for the engine's", () -> new FaithfulHost() {
                    @Override
                    Asset save(@Nullable LocalRef ref, FieldValues values, Edit edit) {
                        return super.save(ref, values, new Edit(Origin.SYNC, "sync", edit.at()));
                    }
                }),
                wrong("RepositoryWritingRules#eachOnItsOwn", "answers in another order", () -> new FaithfulHost() {
                    @Override
                    public List<LocalResult> write(List<LocalChange> changes) {
                        List<LocalResult> results = new ArrayList<>(super.write(changes));
                        Collections.reverse(results);
                        return results;
                    }
                }),
                wrong("RepositoryWritingRules#refusalsAreValues", "throws its refusals", () -> new OneByOne() {
                    @Override
                    LocalResult one(LocalChange change) {
                        LocalResult right = right(change);
                        if (right instanceof LocalResult.Refused refused) {
                            throw new IllegalArgumentException(
                                    refused.problems().toString());
                        }
                        return right;
                    }
                }),
                wrong(
                        "RepositoryWritingRules#repeatedCreatesMakeNone",
                        "says that it keeps pairs",
                        () -> new FaithfulHost() {
                            @Override
                            InMemoryAssetRepositoryBuilder settings(InMemoryAssetRepositoryBuilder builder) {
                                return builder.withoutPairIds();
                            }
                        }),
                wrong(
                        "RepositoryWritingRules#strangeFieldsAreIgnored",
                        "refuses what it does not know",
                        () -> new OneByOne() {
                            @Override
                            LocalResult one(LocalChange change) {
                                if (change.values().fields().stream().anyMatch(Field::isCustom)) {
                                    throw new IllegalArgumentException("Unknown field");
                                }
                                return right(change);
                            }
                        }),
                wrong(
                        "RepositoryWritingRules#pickListsAreTakenTwice",
                        "takes no value twice",
                        () -> new FaithfulHost() {
                            private final Set<PickValue> known = new HashSet<>();

                            @Override
                            public void pickLists(List<PickValue> values) {
                                for (PickValue value : values) {
                                    if (!known.add(value)) {
                                        throw new IllegalStateException("There is a value " + value);
                                    }
                                }
                            }
                        }));
    }

    private static List<Wrong> deleting() {
        return List.of(
                wrong("RepositoryWritingRules#deletesForGood", "refuses what is gone", () -> new FaithfulHost() {
                    @Override
                    public List<DeleteResult> delete(AssetKind kind, List<LocalDelete> records) {
                        return records.stream()
                                .map(record -> real.find(kind, List.of(record.id()))
                                                .isEmpty()
                                        ? DeleteResult.Refused.of("It is not there")
                                        : super.delete(kind, List.of(record)).get(0))
                                .toList();
                    }
                }),
                wrong(
                        "RepositoryWritingRules#keepsWhatItMust",
                        "keeps all when it keeps one",
                        () -> new FaithfulHost() {
                            @Override
                            public List<DeleteResult> delete(AssetKind kind, List<LocalDelete> records) {
                                if (records.stream().map(LocalDelete::id).anyMatch(kept::contains)) {
                                    return records.stream()
                                            .<DeleteResult>map(record -> DeleteResult.Refused.of("One of them is kept"))
                                            .toList();
                                }
                                return super.delete(kind, records);
                            }
                        }),
                wrong(
                        "RepositoryWritingRules#keepsWhatChanged",
                        "deletes whatever the revision is",
                        () -> new FaithfulHost() {
                            @Override
                            public List<DeleteResult> delete(AssetKind kind, List<LocalDelete> records) {
                                return super.delete(
                                        kind,
                                        records.stream()
                                                .map(record -> new LocalDelete(
                                                        record.id(),
                                                        real.find(kind, List.of(record.id())).stream()
                                                                .findFirst()
                                                                .map(Asset::revision)
                                                                .orElse(null)))
                                                .toList());
                            }
                        }),
                wrong(
                        "RepositoryWritingRules#deletesNothingElse",
                        "deletes what belongs to it",
                        () -> new FaithfulHost() {
                            @Override
                            public List<DeleteResult> delete(AssetKind kind, List<LocalDelete> records) {
                                for (Asset location : real.all(AssetKind.LOCATION)) {
                                    if (location.values().get(LocationFields.ORGANIZATION)
                                                    instanceof LocalRef organization
                                            && records.stream()
                                                    .anyMatch(record ->
                                                            record.id().equals(organization.id()))) {
                                        real.delete(location.ref());
                                    }
                                }
                                return super.delete(kind, records);
                            }
                        }));
    }
}
