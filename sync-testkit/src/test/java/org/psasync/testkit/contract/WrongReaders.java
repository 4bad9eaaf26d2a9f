package org.psasync.testkit.contract;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.psasync.model.AssetKind;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.FieldValues;
import org.psasync.model.LocationFields;
import org.psasync.model.RemoteId;
import org.psasync.model.TicketFields;
import org.psasync.spi.ConnectorException;
import org.psasync.spi.IdPage;
import org.psasync.spi.MatchKey;
import org.psasync.spi.ReadScope;
import org.psasync.spi.RemoteCursor;
import org.psasync.spi.RemotePage;
import org.psasync.spi.RemoteRead;
import org.psasync.spi.RemoteRecord;
import org.psasync.testkit.FakePsa;
import org.psasync.testkit.TestClock;

/** Connectors that read, list or find wrongly, each in one way. */
final class WrongReaders {
    private WrongReaders() {}

    static void add(WrongConnectors wrong) {
        reads(wrong);
        changes(wrong);
        listings(wrong);
        searches(wrong);
    }

    // Reads ----------------------------------------------------------------------------------------------------------

    /** Answers a read otherwise, record by record. */
    private interface ReadFault {
        RemoteRead answer(Faithful right, AssetKind kind, RemoteRead read);
    }

    private static WrongConnectors.Maker reading(ReadFault fault) {
        return (psa, clock) -> new Faithful(psa, clock) {
            @Override
            public Map<RemoteId, RemoteRead> read(AssetKind kind, Collection<RemoteId> ids) {
                Map<RemoteId, RemoteRead> answer = new LinkedHashMap<>(psa.read(kind, ids));
                answer.replaceAll((id, read) -> fault.answer(this, kind, read));
                return answer;
            }
        };
    }

    private static WrongConnectors.Maker showing(UnaryOperator<RemoteRecord> fault) {
        return reading((right, kind, read) ->
                read instanceof RemoteRead.Found found ? new RemoteRead.Found(fault.apply(found.record())) : read);
    }

    private static void reads(WrongConnectors wrong) {
        wrong.add("ReadingRules#answersForEachId", "takes 50 ids at once", (psa, clock) -> new Faithful(psa, clock) {
            @Override
            public Map<RemoteId, RemoteRead> read(AssetKind kind, Collection<RemoteId> ids) {
                return psa.read(kind, ids.stream().limit(50).toList());
            }
        });
        wrong.add(
                "ReadingRules#answersBelongToTheirIds",
                "mixes records up",
                showing(record -> "Record 5"
                                .equals(
                                        record.kind() == AssetKind.LOCATION
                                                ? record.values().get(LocationFields.NAME)
                                                : null)
                        ? RemoteRecord.of(new RemoteId("1"), record.version(), record.values())
                        : record));
        wrong.add(
                "ReadingRules#troubleIsNotAbsence",
                "takes any failure for an absence",
                (psa, clock) -> new Faithful(psa, clock) {
                    @Override
                    public Map<RemoteId, RemoteRead> read(AssetKind kind, Collection<RemoteId> ids) {
                        try {
                            return psa.read(kind, ids);
                        } catch (ConnectorException e) {
                            if (kind != AssetKind.TICKET) {
                                throw e;
                            }
                            Map<RemoteId, RemoteRead> answer = new HashMap<>();
                            ids.forEach(id -> answer.put(id, new RemoteRead.NotFound()));
                            return answer;
                        }
                    }
                });
        wrong.add(
                "ReadingRules#deletedIsToldFromNotFound",
                "calls flagged records not found",
                reading((right, kind, read) ->
                        read instanceof RemoteRead.Found found && found.record().deleted()
                                ? new RemoteRead.NotFound()
                                : read));
        wrong.add(
                "ReadingRules#notUnderstoodIsNotAbsence",
                "calls what it does not understand not found",
                reading((right, kind, read) ->
                        read instanceof RemoteRead.NotUnderstood ? new RemoteRead.NotFound() : read));
        wrong.add(
                "ReadingRules#valuesAreComplete",
                "leaves notes out",
                showing(record -> record.kind() == AssetKind.CONFIGURATION
                                && !record.values().isBlank(ConfigurationFields.NOTES)
                        ? Faithful.with(record, record.values().without(ConfigurationFields.NOTES))
                        : record));
        wrong.add("ReadingRules#valuesAreFresh", "keeps names in a cache", (psa, clock) -> new Faithful(psa, clock) {
            private final Map<RemoteId, String> names = new HashMap<>();

            @Override
            public Map<RemoteId, RemoteRead> read(AssetKind kind, Collection<RemoteId> ids) {
                Map<RemoteId, RemoteRead> answer = new LinkedHashMap<>(psa.read(kind, ids));
                answer.replaceAll((id, read) -> read instanceof RemoteRead.Found found && kind == AssetKind.LOCATION
                        ? new RemoteRead.Found(cached(found.record()))
                        : read);
                return answer;
            }

            private RemoteRecord cached(RemoteRecord record) {
                String name = String.valueOf(record.values().get(LocationFields.NAME));
                String first = Objects.requireNonNullElse(names.putIfAbsent(record.id(), name), name);
                return with(record, record.values().with(LocationFields.NAME, first));
            }
        });
        wrong.add(
                "ReadingRules#blankAndAbsentAreTold",
                "calls blank what a list does not show",
                paging((right, kind, cursor, page) -> Faithful.with(page, records -> {
                    records.replaceAll(record -> kind == AssetKind.CONFIGURATION
                            ? Faithful.with(record, record.values().with(ConfigurationFields.STATUS, null))
                            : record);
                    return records;
                })));
        wrong.add("ReadingRules#readsChangeNothing", "notes each search", (psa, clock) -> new Faithful(psa, clock) {
            @Override
            public List<RemoteRecord> find(MatchKey key) {
                List<RemoteRecord> found = psa.find(key);
                found.stream()
                        .filter(record -> record.kind() == AssetKind.CONFIGURATION)
                        .forEach(record ->
                                psa.edit(record.ref(), SampleRecords.only(ConfigurationFields.NOTES, "searched")));
                return found;
            }
        });
    }

    // Changes --------------------------------------------------------------------------------------------------------

    /** Answers with another page. */
    private interface PageFault {
        RemotePage answer(Faithful right, AssetKind kind, RemoteCursor cursor, RemotePage page);
    }

    private static WrongConnectors.Maker paging(PageFault fault) {
        return (psa, clock) -> new Faithful(psa, clock) {
            @Override
            public RemotePage changes(AssetKind kind, ReadScope scope, RemoteCursor cursor, int limit) {
                return fault.answer(this, kind, cursor, psa.changes(kind, scope, cursor, limit));
            }
        };
    }

    private static RemotePage nothing(RemoteCursor next, boolean last) {
        return RemotePage.of(List.of(), next, last);
    }

    private static void changes(WrongConnectors wrong) {
        wrong.add("ChangesRules#everyRecordComes", "loses one of three", (psa, clock) -> new Faithful(psa, clock) {
            @Override
            public RemotePage changes(AssetKind kind, ReadScope scope, RemoteCursor cursor, int limit) {
                RemotePage page = psa.changes(kind, scope, cursor, limit);
                return kind != AssetKind.LOCATION
                                || limit != 3
                                || page.records().size() < 3
                        ? page
                        : with(page, records -> records.subList(0, 2));
            }
        });
        wrong.add(
                "ChangesRules#troubledPagesMissNothing",
                "takes a short page for the last",
                (psa, clock) -> new Faithful(psa, clock) {
                    @Override
                    public RemotePage changes(AssetKind kind, ReadScope scope, RemoteCursor cursor, int limit) {
                        RemotePage page = psa.changes(kind, scope, cursor, limit);
                        boolean shorter =
                                page.records().size() + page.unreadable().size() < limit;
                        return new RemotePage(
                                page.records(),
                                page.unreadable(),
                                page.next(),
                                page.last() || shorter,
                                page.expected());
                    }
                });
        wrong.add(
                "ChangesRules#deletedRecordsAreFlagged",
                "does not look at the flag",
                paging((right, kind, cursor, page) -> Faithful.with(page, records -> {
                    records.replaceAll(record -> RemoteRecord.of(record.id(), record.version(), record.values()));
                    return records;
                })));
        wrong.add("ChangesRules#theScopeIsKept", "reads all boards", (psa, clock) -> new Faithful(psa, clock) {
            @Override
            public RemotePage changes(AssetKind kind, ReadScope scope, RemoteCursor cursor, int limit) {
                Set<String> boards = new HashSet<>();
                psa.reference()
                        .choices()
                        .getOrDefault(TicketFields.BOARD, List.of())
                        .forEach(board -> boards.add(board.choice().id()));
                return psa.changes(kind, new ReadScope(boards, null, scope.parents()), cursor, limit);
            }
        });
        Map<FakePsa, Set<String>> used = new HashMap<>();
        wrong.add(
                "ChangesRules#cursorsCanBeUsedAgain",
                "forgets a page once it was read",
                paging((right, kind, cursor, page) -> {
                    Set<String> seen = used.computeIfAbsent(right.psa, psa -> new HashSet<>());
                    boolean again = kind == AssetKind.CONTACT && isWithin(cursor) && !seen.add(cursor.text());
                    return again ? nothing(page.next(), page.last()) : page;
                }));
        wrong.add("ChangesRules#tiesAtTheBoundaryCome", "takes > for >=", (psa, clock) -> new Faithful(psa, clock) {
            private final Map<AssetKind, Instant> began = new HashMap<>();

            @Override
            public RemotePage changes(AssetKind kind, ReadScope scope, RemoteCursor cursor, int limit) {
                RemotePage page = psa.changes(kind, scope, cursor, limit);
                if (isWithin(cursor)) {
                    return page;
                }
                Instant before = cursor.isStart() ? null : began.get(kind);
                began.put(kind, clock.instant());
                return with(page, records -> {
                    records.removeIf(
                            record -> before != null && !changed(record).isAfter(before));
                    return records;
                });
            }
        });
        wrong.add("ChangesRules#changesDuringTheReadingCome", "goes on where the last page ended", SnapshotReader::new);
        wrong.add(
                "ChangesRules#everyFieldMovesTheRecord",
                "overlooks asset tags",
                (psa, clock) -> new Faithful(psa, clock) {
                    private final Map<RemoteId, FieldValues> known = new HashMap<>();

                    @Override
                    public RemotePage changes(AssetKind kind, ReadScope scope, RemoteCursor cursor, int limit) {
                        return with(psa.changes(kind, scope, cursor, limit), records -> {
                            if (kind == AssetKind.CONFIGURATION) {
                                records.removeIf(record -> !cursor.isStart() && onlyTag(record));
                                records.forEach(record -> known.put(record.id(), record.values()));
                            }
                            return records;
                        });
                    }

                    private boolean onlyTag(RemoteRecord record) {
                        FieldValues before = known.get(record.id());
                        return before != null
                                && !before.equals(record.values())
                                && before.without(ConfigurationFields.ASSET_TAG)
                                        .equals(record.values().without(ConfigurationFields.ASSET_TAG));
                    }
                });
        wrong.add("ChangesRules#beginsWithNothing", "stays at nothing", (psa, clock) -> new Faithful(psa, clock) {
            @Override
            public RemotePage changes(AssetKind kind, ReadScope scope, RemoteCursor cursor, int limit) {
                RemoteCursor nowhere = new RemoteCursor("nowhere");
                if (cursor.equals(nowhere)) {
                    return nothing(nowhere, true);
                }
                RemotePage page = psa.changes(kind, scope, cursor, limit);
                boolean empty = cursor.isStart() && page.records().isEmpty() && kind == AssetKind.LOCATION;
                return empty ? nothing(nowhere, true) : page;
            }
        });
        wrong.add(
                "ChangesRules#oneBadRecordIsNamed",
                "drops what it does not understand",
                paging((right, kind, cursor, page) ->
                        new RemotePage(page.records(), List.of(), page.next(), page.last(), page.expected())));
        Map<FakePsa, Set<String>> stood = new HashMap<>();
        wrong.add("ChangesRules#readingsEnd", "stands still for a page", paging((right, kind, cursor, page) -> {
            boolean stands = kind == AssetKind.TICKET
                    && isWithin(cursor)
                    && stood.computeIfAbsent(right.psa, psa -> new HashSet<>()).add(cursor.text());
            return stands ? nothing(cursor, false) : page;
        }));
    }

    /** Whether a cursor is between two pages of one reading: those of the fake PSA name a record then. */
    static boolean isWithin(RemoteCursor cursor) {
        String[] parts = cursor.text().split("\\|", -1);
        return parts.length == 4 && !parts[2].isEmpty();
    }

    private static Instant changed(RemoteRecord record) {
        return Objects.requireNonNullElse(record.version().changedAt(), Instant.EPOCH);
    }

    /** Reads contacts from what was there at the first page, and goes on from the time of the last page. */
    private static final class SnapshotReader extends Faithful {
        private final List<List<RemoteRecord>> snapshots = new ArrayList<>();

        SnapshotReader(FakePsa psa, TestClock clock) {
            super(psa, clock);
        }

        @Override
        public RemotePage changes(AssetKind kind, ReadScope scope, RemoteCursor cursor, int limit) {
            if (kind != AssetKind.CONTACT) {
                return psa.changes(kind, scope, cursor, limit);
            }
            String[] words = cursor.text().split(" ", -1);
            int snapshot = words[0].equals("in") ? Integer.parseInt(words[1]) : begin(words);
            int from = words[0].equals("in") ? Integer.parseInt(words[2]) : 0;
            List<RemoteRecord> records = snapshots.get(snapshot);
            psa.changes(kind, scope, RemoteCursor.start(), limit); // fails when the PSA does
            int to = Math.min(records.size(), from + limit);
            boolean last = to == records.size();
            String next = last ? "since " + clock.instant() : "in " + snapshot + " " + to;
            return new RemotePage(
                    records.subList(from, to), List.of(), new RemoteCursor(next), last, OptionalLong.empty());
        }

        private int begin(String[] words) {
            Instant since = words[0].equals("since") ? Instant.parse(words[1]) : Instant.EPOCH;
            RemotePage all = psa.changes(AssetKind.CONTACT, ReadScope.ALL, RemoteCursor.start(), 1000);
            snapshots.add(all.records().stream()
                    .filter(record -> !changed(record).isBefore(since))
                    .toList());
            return snapshots.size() - 1;
        }
    }

    // Listings -------------------------------------------------------------------------------------------------------

    private static void listings(WrongConnectors wrong) {
        wrong.add("SearchingRules#listsEveryRecord", "never says complete", (psa, clock) -> new Faithful(psa, clock) {
            @Override
            public IdPage ids(AssetKind kind, ReadScope scope, RemoteCursor cursor) {
                IdPage page = psa.ids(kind, scope, cursor);
                return new IdPage(page.ids(), page.deleted(), page.next(), page.last(), false);
            }
        });
        wrong.add(
                "SearchingRules#deletesUnderAListingHideNothing",
                "pages by offset",
                (psa, clock) -> new Faithful(psa, clock) {
                    @Override
                    public IdPage ids(AssetKind kind, ReadScope scope, RemoteCursor cursor) {
                        List<RemoteId> all = new ArrayList<>();
                        List<RemoteId> deleted = new ArrayList<>();
                        RemoteCursor place = RemoteCursor.start();
                        for (boolean last = false; !last; ) {
                            IdPage page = psa.ids(kind, scope, place);
                            page.ids().stream().filter(id -> !all.contains(id)).forEach(all::add);
                            deleted.addAll(page.deleted());
                            place = page.next();
                            last = page.last();
                        }
                        int from = Math.min(all.size(), cursor.isStart() ? 0 : Integer.parseInt(cursor.text()));
                        int to = Math.min(all.size(), from + 5);
                        boolean last = to == all.size();
                        RemoteCursor next = new RemoteCursor(Integer.toString(to));
                        return new IdPage(all.subList(from, to), last ? deleted : List.of(), next, last, last);
                    }
                });
        wrong.add(
                "SearchingRules#troubledListingsAreNotComplete",
                "takes a short page for the last",
                (psa, clock) -> new Faithful(psa, clock) {
                    @Override
                    public IdPage ids(AssetKind kind, ReadScope scope, RemoteCursor cursor) {
                        IdPage page = psa.ids(kind, scope, cursor);
                        boolean last = page.last()
                                || page.ids().size() + page.deleted().size() < 5;
                        return new IdPage(page.ids(), page.deleted(), page.next(), last, last);
                    }
                });
        wrong.add(
                "SearchingRules#unansweredListingsFail",
                "takes silence for nothing",
                (psa, clock) -> new Faithful(psa, clock) {
                    @Override
                    public IdPage ids(AssetKind kind, ReadScope scope, RemoteCursor cursor) {
                        try {
                            return psa.ids(kind, scope, cursor);
                        } catch (ConnectorException.Unavailable e) {
                            return new IdPage(List.of(), List.of(), cursor, true, true);
                        }
                    }
                });
    }

    // Searches -------------------------------------------------------------------------------------------------------

    /** Answers a search otherwise. */
    private interface SearchFault {
        List<RemoteRecord> answer(MatchKey key, List<RemoteRecord> found);
    }

    private static WrongConnectors.Maker searching(SearchFault fault) {
        return (psa, clock) -> new Faithful(psa, clock) {
            @Override
            public List<RemoteRecord> find(MatchKey key) {
                return fault.answer(key, psa.find(key));
            }
        };
    }

    private static String name(FieldValues values) {
        return String.valueOf(values.get(SampleRecords.name(values.kind())));
    }

    private static void searches(WrongConnectors wrong) {
        wrong.add(
                "SearchingRules#findsTwins",
                "returns the first",
                searching((key, found) -> found.stream().limit(1).toList()));
        wrong.add(
                "SearchingRules#findsWithoutCase",
                "compares with case",
                searching((key, found) -> found.stream()
                        .filter(record -> name(record.values()).equals(name(key.values())))
                        .toList()));
        wrong.add(
                "SearchingRules#findsAnyName",
                "does not escape",
                searching((key, found) -> name(key.values()).contains("'") ? List.of() : found));
        wrong.add(
                "SearchingRules#findsBlankFields",
                "leaves blank fields out of the search",
                searching((key, found) ->
                        key.values().fields().stream().anyMatch(key.values()::isBlank) ? List.of() : found));
        wrong.add(
                "SearchingRules#findsWholeRecords",
                "shows blank what it did not read",
                searching((key, found) -> found.stream()
                        .map(record -> record.kind() == AssetKind.CONFIGURATION
                                ? Faithful.with(record, record.values().with(ConfigurationFields.STATUS, null))
                                : record)
                        .toList()));
        wrong.add(
                "SearchingRules#unansweredSearchesFail",
                "takes silence for nothing",
                (psa, clock) -> new Faithful(psa, clock) {
                    @Override
                    public List<RemoteRecord> find(MatchKey key) {
                        try {
                            return psa.find(key);
                        } catch (ConnectorException.Unavailable e) {
                            return List.of();
                        }
                    }
                });
    }
}
