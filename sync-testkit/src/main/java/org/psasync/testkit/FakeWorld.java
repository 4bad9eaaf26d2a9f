package org.psasync.testkit;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.psasync.model.AssetKind;
import org.psasync.model.AssetRef;
import org.psasync.model.Field;
import org.psasync.model.FieldValues;
import org.psasync.model.Fields;
import org.psasync.model.RemoteId;
import org.psasync.model.RemoteRef;
import org.psasync.spi.Draft;

/** Everything that a fake PSA holds. Not safe for use by several threads; its owner guards it. */
final class FakeWorld {
    private final InstantSource clock;
    private final Faults faults;
    private final FakeLists lists = new FakeLists();
    private final Map<AssetKind, FakeSchema> schemas = new EnumMap<>(AssetKind.class);
    private final Map<AssetKind, FakeTable> tables = new EnumMap<>(AssetKind.class);
    private Instant latestStamp = Instant.EPOCH;
    private int latestId = 100;

    FakeWorld(InstantSource clock, Faults faults, Map<AssetKind, FakeSchema> schemas) {
        this.clock = clock;
        this.faults = faults;
        this.schemas.putAll(schemas);
        schemas.keySet().forEach(kind -> tables.put(kind, new FakeTable()));
    }

    FakeLists lists() {
        return lists;
    }

    FakeSchema schema(AssetKind kind) {
        FakeSchema schema = schemas.get(kind);
        if (schema == null) {
            throw new UnsupportedOperationException("This PSA knows no " + kind);
        }
        return schema;
    }

    FakeTable table(AssetKind kind) {
        FakeTable table = tables.get(kind);
        if (table == null) {
            throw new UnsupportedOperationException("This PSA knows no " + kind);
        }
        return table;
    }

    Iterable<FakeTable> tables() {
        return tables.values();
    }

    /** Returns the PSA's time: the clock's, but never before a stamp that was given already. */
    Instant now() {
        Instant time = clock.instant();
        return time.isBefore(latestStamp) ? latestStamp : time;
    }

    Instant stamp() {
        latestStamp = now().truncatedTo(ChronoUnit.SECONDS);
        return latestStamp;
    }

    FakeRow make(FieldValues values, @Nullable Draft from) {
        AssetKind kind = values.kind();
        Field<Boolean> active = Fields.active(kind);
        FieldValues given = active == null || values.has(active) ? values : values.with(active, true);
        FieldValues whole = schema(kind).filled(given);
        Instant stamp = stamp();
        Instant visible = now().plus(schema(kind).descriptor().visibilityDelay());
        RemoteId id = new RemoteId(Integer.toString(++latestId));
        FakeRow row = new FakeRow(
                id,
                whole,
                false,
                stamp,
                stamp,
                from == null ? FakeRow.USER : FakeRow.CONNECTOR,
                visible,
                from == null ? null : from.values(),
                from == null ? Map.of() : from.fixed(),
                null);
        table(kind).put(row);
        return row;
    }

    /** Returns the row, deleted or not; null when there is none or the connector's user may not see it. */
    @Nullable
    FakeRow seen(AssetKind kind, RemoteId id) {
        FakeRow row = table(kind).get(id);
        return row == null || isHidden(row) ? null : row;
    }

    /** Returns whether lists and searches show the row by now. */
    boolean isListed(FakeRow row) {
        return !isHidden(row) && isOldEnough(row);
    }

    boolean isOldEnough(FakeRow row) {
        return !row.visibleFrom().isAfter(now());
    }

    private boolean isHidden(FakeRow row) {
        return faults.isHidden(row.ref())
                || organization(row) instanceof RemoteRef organization && faults.isHidden(organization);
    }

    boolean isGarbled(FakeRow row) {
        return faults.isGarbled(row.ref());
    }

    static @Nullable AssetRef organization(FakeRow row) {
        Field<AssetRef> field = Fields.organization(row.kind());
        return field == null ? null : row.values().get(field);
    }
}
