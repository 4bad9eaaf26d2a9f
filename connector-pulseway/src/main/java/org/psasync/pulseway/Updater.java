package org.psasync.pulseway;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.psasync.http.ContactPointChanges;
import org.psasync.http.FieldWriting;
import org.psasync.http.JsonChange;
import org.psasync.http.JsonMismatch;
import org.psasync.http.JsonValue;
import org.psasync.http.UpdateSteps;
import org.psasync.model.ContactPoint;
import org.psasync.model.Field;
import org.psasync.model.FieldValues;
import org.psasync.model.Problem;
import org.psasync.spi.ConnectorException;
import org.psasync.spi.RemoteRead;
import org.psasync.spi.RemoteRecord;
import org.psasync.spi.RemoteUpdate;
import org.psasync.spi.WriteResult;

/**
 * Changes records: accounts and contacts by JSON Patch, e-mail addresses and phones by operations of their own, assets as
 * wholes after a read, locations through the older interface. Afterwards the record is read back, so that a write that the
 * PSA passed over in silence is no write (C11.2).
 *
 * <p>The PSA checks no version, so that a write between the read and this one cannot be prevented (MERGE-6).
 */
final class Updater {
    private final Product product;
    private final Api api;
    private final Kinds kinds;
    private final RecordReader reader;
    private final @Nullable LocationsV1 locations;

    Updater(Product product, Api api, Kinds kinds, RecordReader reader, @Nullable LocationsV1 locations) {
        this.product = product;
        this.api = api;
        this.kinds = kinds;
        this.reader = reader;
        this.locations = locations;
    }

    static JsonValue operation(JsonChange change) {
        return JsonValue.object()
                .with("op", "replace")
                .with("path", "/" + change.path())
                .with("value", change.value());
    }

    WriteResult update(RemoteUpdate update) {
        RecordKind kind = kinds.of(update.kind());
        UpdateSteps steps = new UpdateSteps(product.displayName());
        FieldValues changes = steps.withoutEmptied(kind.map(), update.changes());
        FieldWriting writing = kind.map().write(changes);
        writing.problems().forEach(steps::refuse);
        List<JsonChange> members = new ArrayList<>(writing.changes());
        try {
            switch (update.kind()) {
                case ORGANIZATION -> patch("v2/crm/accounts/{}", kind, update, members, steps);
                case CONTACT -> {
                    patch("v2/crm/contacts/{}", kind, update, members, steps);
                    for (Points points : Points.values()) {
                        if (writing.apart().contains(points.field())) {
                            steps.run(Set.of(points.field()), () -> change(points, kind, update, steps));
                        }
                    }
                }
                case CONFIGURATION -> replace(kind, update, members, steps);
                case LOCATION -> steps.run(fields(members), () -> replaceLocation(kind, update, members, steps));
                case TICKET -> throw new UnsupportedOperationException("This connector cannot update " + update.kind());
            }
        } catch (JsonMismatch e) {
            throw steps.notUnderstood(e);
        }
        RemoteRecord now = steps.hasWritten() ? readBack(kind, update, steps) : null;
        return new WriteResult(update.id(), now, steps.outcome(), List.of());
    }

    private static Set<Field<?>> fields(List<JsonChange> members) {
        Set<Field<?>> fields = new LinkedHashSet<>();
        members.forEach(member -> fields.add(member.field()));
        return fields;
    }

    private static long number(RemoteUpdate update) {
        return Ids.number(update.id())
                .orElseThrow(() -> new ConnectorException.Gone("\"" + update.id() + "\" is no id of this PSA"));
    }

    // Members --------------------------------------------------------------------------------------------------------

    /** Sends the operations; those that the PSA refuses are left out, and the others sent again. */
    private void patch(String path, RecordKind kind, RemoteUpdate update, List<JsonChange> members, UpdateSteps steps) {
        steps.inParts(members, some -> {
            JsonValue operations =
                    JsonValue.of(some.stream().map(Updater::operation).toList());
            api.write(kind.call("update"), "PATCH", operations, path, number(update));
        });
    }

    /** Assets are taken as wholes: each try is made of a fresh read. */
    private void replace(RecordKind kind, RemoteUpdate update, List<JsonChange> members, UpdateSteps steps) {
        steps.inParts(members, some -> {
            JsonValue now = reader.raw(kind, number(update));
            JsonValue body = WholeAsset.of(now, new FieldWriting(some, Set.of(), List.of()));
            api.write(kind.call("update"), "PUT", body, kind.path(), number(update));
        });
    }

    // E-mails, phones and locations
    // --------------------------------------------------------------------------------------

    private void change(Points points, RecordKind kind, RemoteUpdate update, UpdateSteps steps) {
        FieldValues present = kind.read(reader.raw(kind, number(update))).values();
        ContactPointChanges changes = ContactPointChanges.between(
                orNone(present.get(points.field())),
                orNone(update.seen().values().get(points.field())),
                orNone(update.changes().get(points.field())));
        List<Problem> failed = new ArrayList<>();
        List<JsonValue> operations = points.operations(changes, update.options(), failed);
        failed.forEach(steps::refuse);
        if (!operations.isEmpty()) {
            api.write(
                    "contacts." + points.step(),
                    "PATCH",
                    JsonValue.of(operations),
                    "v2/crm/contacts/{}/" + points.step(),
                    number(update));
            steps.wrote();
        }
    }

    private static Set<ContactPoint> orNone(@Nullable Set<ContactPoint> points) {
        return points == null ? Set.of() : points;
    }

    private void replaceLocation(RecordKind kind, RemoteUpdate update, List<JsonChange> members, UpdateSteps steps) {
        LocationsV1 older = locations;
        Ids.Location id = Ids.location(update.id())
                .orElseThrow(() -> new ConnectorException.Gone("\"" + update.id() + "\" is no id of a location"));
        if (older == null || members.stream().anyMatch(member -> member.path().equals("AccountId"))) {
            throw new ConnectorException.Rejected(List.of(Problem.ofRecord(
                    Problem.Code.NOT_WRITABLE,
                    "The interface of " + product.displayName() + " cannot "
                            + (older == null ? "change locations" : "move a location to another account"))));
        }
        JsonValue before = reader.raw(kind, id.account(), id.location());
        JsonValue flat = new FieldWriting(members, Set.of(), List.of()).body();
        older.update(id.account(), id.location(), FlatLocation.nested(flat, before));
        steps.wrote();
    }

    // After it -------------------------------------------------------------------------------------------------------

    /** Returns null when the record cannot be read now; whoever asked reads it later. */
    private @Nullable RemoteRecord readBack(RecordKind kind, RemoteUpdate update, UpdateSteps steps) {
        RemoteRead read;
        try {
            read = reader.read(kind, update.id());
        } catch (ConnectorException e) {
            return null;
        }
        if (!(read instanceof RemoteRead.Found found)) {
            return null;
        }
        steps.refuseKept(update, found.record());
        return found.record();
    }
}
