package org.psasync.testkit;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.psasync.model.AssetKind;
import org.psasync.model.AssetRef;
import org.psasync.model.Choice;
import org.psasync.model.Field;
import org.psasync.model.FieldValues;
import org.psasync.model.Fields;
import org.psasync.model.OrganizationFields;
import org.psasync.model.RemoteRef;
import org.psasync.spi.ReferenceData.Entry;
import org.psasync.spi.RemoteRecord;
import org.psasync.spi.RemoteVersion;

/** What the users of a fake PSA do in it. */
final class FakeUsers {
    private final FakeWorld world;

    FakeUsers(FakeWorld world) {
        this.world = world;
    }

    RemoteRef put(FieldValues values) {
        return world.make(world.lists().learn(values), null).ref();
    }

    void edit(RemoteRef ref, FieldValues changes) {
        edit(existing(ref), changes, world.stamp());
    }

    void editUnstamped(RemoteRef ref, FieldValues changes) {
        if (world.schema(ref.kind()).descriptor().deltaComplete()) {
            throw new IllegalStateException(
                    "The delta of " + ref.kind() + " is said to be complete; build it with incompleteDelta()");
        }
        FakeRow row = existing(ref);
        edit(row, changes, row.changed());
    }

    private void edit(FakeRow row, FieldValues changes, Instant changed) {
        store(row.changed(row.values().overlaidWith(world.lists().learn(changes)), changed));
    }

    void delete(RemoteRef ref) {
        FakeRow row = existing(ref);
        remove(row, world.stamp());
    }

    private void remove(FakeRow row, Instant changed) {
        if (world.schema(row.kind()).descriptor().keepsDeleted()) {
            store(row.deleted(true, changed));
        } else {
            world.table(row.kind()).remove(row.id());
        }
    }

    void undelete(RemoteRef ref) {
        store(existing(ref).deleted(false, world.stamp()));
    }

    void merge(RemoteRef from, RemoteRef into) {
        FakeRow source = existing(from);
        existing(into);
        if (from.kind() != AssetKind.ORGANIZATION || into.kind() != AssetKind.ORGANIZATION || from.equals(into)) {
            throw new IllegalArgumentException("Two organizations can be merged, not " + from + " and " + into);
        }
        for (FakeTable table : world.tables()) {
            for (FakeRow row : table.copy()) {
                Field<AssetRef> owner = row.kind() == AssetKind.ORGANIZATION
                        ? OrganizationFields.PARENT
                        : Fields.organization(row.kind());
                if (owner != null && from.equals(row.values().get(owner))) {
                    store(row.changed(row.values().with(owner, into), world.stamp()));
                }
            }
        }
        remove(source, source.changed());
    }

    Optional<RemoteRecord> get(RemoteRef ref) {
        return Optional.ofNullable(world.table(ref.kind()).get(ref.id())).map(FakeUsers::whole);
    }

    List<RemoteRecord> all(AssetKind kind) {
        return world.table(kind).rows().stream().map(FakeUsers::whole).toList();
    }

    private static RemoteRecord whole(FakeRow row) {
        RemoteVersion version = RemoteVersion.changedAt(row.changed());
        return new RemoteRecord(row.id(), version, row.values(), row.deleted(), row.created(), null);
    }

    void rename(Field<?> field, Choice choice, String name) {
        Entry before = world.lists().entry(field, choice);
        world.lists().replace(field, new Entry(new Choice(choice.id(), name), before.active(), before.usedBy()));
        for (FakeRow row : world.table(field.kind()).copy()) {
            if (FakeLists.choices(row.values(), field).contains(choice)) {
                store(row.changed(world.lists().learn(row.values()), row.changed()));
            }
        }
    }

    void retire(Field<?> field, Choice choice) {
        Entry before = world.lists().entry(field, choice);
        world.lists().replace(field, new Entry(before.choice(), false, before.usedBy()));
    }

    private void store(FakeRow row) {
        world.table(row.kind()).put(row);
    }

    private FakeRow existing(RemoteRef ref) {
        FakeRow row = world.table(ref.kind()).get(ref.id());
        if (row == null) {
            throw new IllegalArgumentException("There is no " + ref);
        }
        return row;
    }
}
