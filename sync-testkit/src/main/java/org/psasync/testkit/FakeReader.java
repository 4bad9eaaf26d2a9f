package org.psasync.testkit;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.psasync.model.AssetKind;
import org.psasync.model.Choice;
import org.psasync.model.Field;
import org.psasync.model.Fields;
import org.psasync.model.RemoteId;
import org.psasync.model.RemoteRef;
import org.psasync.model.TicketFields;
import org.psasync.spi.IdPage;
import org.psasync.spi.KindDescriptor.Reading;
import org.psasync.spi.MatchKey;
import org.psasync.spi.ReadScope;
import org.psasync.spi.RemoteCursor;
import org.psasync.spi.RemotePage;
import org.psasync.spi.RemoteRead;
import org.psasync.spi.RemoteRecord;
import org.psasync.testkit.FaultEffect.Quirk;

/**
 * Reads a fake PSA as a connector does.
 *
 * <p>Change times are whole seconds, so records tie, and a record can change again within the second in which it was
 * read. A reading by delta therefore remembers when its first page was asked for, less the time for which lists may miss
 * a record, and the next reading begins with that second (C4.3): it repeats some records and misses none.
 */
final class FakeReader {
    private static final String NO_MARK = "-";
    private static final String CUT = "cut";

    private final FakeWorld world;
    private final int idsPerPage;

    FakeReader(FakeWorld world, int idsPerPage) {
        this.world = world;
        this.idsPerPage = idsPerPage;
    }

    /** A row and where to go on after it. */
    private record Found(FakeRow row, PagePlace place) {}

    /** The rows of one page and what to say about it. */
    private record Cut(List<FakeRow> rows, PagePlace next, boolean last) {}

    RemotePage changes(AssetKind kind, ReadScope scope, RemoteCursor cursor, int limit, Incident incident) {
        FakeSchema schema = world.schema(kind);
        PagePlace place = begin(kind, cursor);
        Cut cut = cut(rows(kind, scope, place).filter(found -> world.isListed(found.row)), place, limit, incident);
        List<RemoteRecord> records = new ArrayList<>();
        List<RemotePage.Unreadable> unreadable = new ArrayList<>();
        for (FakeRow row : cut.rows) {
            if (world.isGarbled(row)) {
                unreadable.add(new RemotePage.Unreadable(row.id(), "The record is not understood"));
            } else {
                records.add(schema.showInList(row));
            }
        }
        boolean whole = cursor.isStart() && schema.descriptor().reading() != Reading.LIST_PER_PARENT;
        OptionalLong expected = whole ? OptionalLong.of(world.table(kind).size()) : OptionalLong.empty();
        RemoteCursor next = (cut.last ? end(kind, cut.next) : cut.next).cursor();
        return new RemotePage(records, unreadable, next, cut.last, expected);
    }

    IdPage ids(AssetKind kind, ReadScope scope, RemoteCursor cursor, Incident incident) {
        PagePlace place = cursor.isStart() ? new PagePlace("", "", "", 0) : PagePlace.of(cursor);
        Stream<Found> rows = byParent(kind, scope, place).filter(found -> world.isListed(found.row));
        Cut cut = cut(rows, place, idsPerPage, incident);
        List<FakeRow> shown = incident.has(Quirk.INCOMPLETE) ? withoutLast(cut.rows) : cut.rows;
        boolean missing = shown.size() < cut.rows.size()
                || world.table(kind).rows().stream().anyMatch(row -> !world.isOldEnough(row));
        PagePlace next = missing ? cut.next.marked(CUT) : cut.next;
        boolean complete = cut.last && !next.mark().equals(CUT);
        return new IdPage(
                ids(shown, false),
                ids(shown, true),
                cut.last ? RemoteCursor.start() : next.cursor(),
                cut.last,
                complete);
    }

    private static List<RemoteId> ids(List<FakeRow> rows, boolean deleted) {
        return rows.stream()
                .filter(row -> row.deleted() == deleted)
                .map(FakeRow::id)
                .toList();
    }

    private static List<FakeRow> withoutLast(List<FakeRow> rows) {
        return rows.subList(0, Math.max(0, rows.size() - 1));
    }

    Map<RemoteId, RemoteRead> read(AssetKind kind, Collection<RemoteId> ids, Incident incident) {
        Map<RemoteId, RemoteRead> answer = new LinkedHashMap<>();
        for (RemoteId id : ids) {
            FakeRow row = world.seen(kind, id);
            if (row == null) {
                answer.put(id, new RemoteRead.NotFound());
            } else if (world.isGarbled(row)) {
                answer.put(id, new RemoteRead.NotUnderstood("The record is not understood"));
            } else {
                answer.put(id, new RemoteRead.Found(world.schema(kind).show(version(row, incident))));
            }
        }
        return answer;
    }

    /** Compares names only and without case, and shows kept deleted records: it answers too much (MATCH-2). */
    List<RemoteRecord> find(MatchKey key, Incident incident) {
        List<RemoteRecord> found = new ArrayList<>();
        for (FakeRow row : world.table(key.kind()).named(key.values())) {
            if (world.isListed(row) && !world.isGarbled(row)) {
                found.add(world.schema(key.kind()).show(version(row, incident)));
            }
        }
        return found;
    }

    /** Shows the records that bear a mark. */
    List<RemoteRecord> marked(AssetKind kind, Map<String, String> mark) {
        return world.table(kind).rows().stream()
                .filter(row -> row.mark().equals(mark) && world.isListed(row) && !world.isGarbled(row))
                .map(world.schema(kind)::show)
                .toList();
    }

    /** Counts how often active records use each choice of the fields. */
    Map<Field<?>, Map<String, Long>> uses() {
        Map<Field<?>, Map<String, Long>> result = new LinkedHashMap<>();
        for (FakeTable table : world.tables()) {
            for (FakeRow row : table.rows()) {
                Field<Boolean> active = Fields.active(row.kind());
                if (row.deleted()
                        || active != null && Boolean.FALSE.equals(row.values().get(active))) {
                    continue;
                }
                for (Field<?> field : row.values().fields()) {
                    for (Choice choice : FakeLists.choices(row.values(), field)) {
                        result.computeIfAbsent(field, each -> new LinkedHashMap<>())
                                .merge(choice.id(), 1L, Long::sum);
                    }
                }
            }
        }
        return result;
    }

    private PagePlace begin(AssetKind kind, RemoteCursor cursor) {
        PagePlace place = cursor.isStart() ? new PagePlace("", "", "", 0) : PagePlace.of(cursor);
        if (!place.mark().isEmpty()) {
            return place;
        }
        FakeSchema schema = world.schema(kind);
        Instant sure = world.now().minus(schema.descriptor().visibilityDelay());
        boolean delta = schema.descriptor().reading() == Reading.DELTA;
        return place.marked(delta ? sure.truncatedTo(ChronoUnit.SECONDS).toString() : NO_MARK);
    }

    private PagePlace end(AssetKind kind, PagePlace place) {
        boolean delta = world.schema(kind).descriptor().reading() == Reading.DELTA;
        return new PagePlace("", delta ? place.mark() : "", "", 0);
    }

    private Stream<Found> rows(AssetKind kind, ReadScope scope, PagePlace place) {
        if (world.schema(kind).descriptor().reading() != Reading.DELTA) {
            return byParent(kind, scope, place);
        }
        Instant since = place.major().isEmpty() ? Instant.EPOCH : Instant.parse(place.major());
        return world.table(kind)
                .changedAfter(since, place.minor())
                .filter(row -> isInScope(row, scope))
                .map(row -> new Found(
                        row, place.at(row.changed().toString(), row.id().value())));
    }

    private Stream<Found> byParent(AssetKind kind, ReadScope scope, PagePlace place) {
        if (world.schema(kind).descriptor().reading() != Reading.LIST_PER_PARENT) {
            return world.table(kind)
                    .after(place.minor())
                    .filter(row -> isInScope(row, scope))
                    .map(row -> new Found(row, place.at("", row.id().value())));
        }
        int reached = Math.max(0, scope.parents().indexOf(parent(place)));
        return scope.parents().stream().skip(reached).flatMap(parent -> {
            RemoteRef organization = new RemoteRef(AssetKind.ORGANIZATION, parent);
            String after = parent.value().equals(place.major()) ? place.minor() : "";
            return world.table(kind)
                    .after(after)
                    .filter(row -> organization.equals(FakeWorld.organization(row)))
                    .map(row -> new Found(row, place.at(parent.value(), row.id().value())));
        });
    }

    private static RemoteId parent(PagePlace place) {
        return new RemoteId(place.major().isEmpty() ? NO_MARK : place.major());
    }

    private static boolean isInScope(FakeRow row, ReadScope scope) {
        if (row.kind() != AssetKind.TICKET) {
            return true;
        }
        Choice board = row.values().get(TicketFields.BOARD);
        Instant since = scope.since();
        return board != null
                && scope.boards().contains(board.id())
                && (since == null || !row.changed().isBefore(since.truncatedTo(ChronoUnit.SECONDS)));
    }

    private static Cut cut(Stream<Found> rows, PagePlace place, int limit, Incident incident) {
        List<Found> found = rows.limit(limit + 1L).toList();
        int size = Math.min(found.size(), limit);
        if (incident.has(Quirk.SHORT)) {
            size = (size + 1) / 2;
        }
        List<FakeRow> page = new ArrayList<>();
        found.subList(0, size).forEach(each -> page.add(each.row));
        if (incident.has(Quirk.SHUFFLED)) {
            Collections.reverse(page);
        }
        if (incident.has(Quirk.REPEATED)) {
            return new Cut(page, place.again(), false);
        }
        PagePlace next = size == 0 ? place : found.get(size - 1).place;
        return new Cut(page, next, size == found.size());
    }

    private static FakeRow version(FakeRow row, Incident incident) {
        FakeRow before = row.before();
        return before != null && incident.has(Quirk.STALE) ? before : row;
    }
}
