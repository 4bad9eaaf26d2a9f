package org.psasync.pulseway;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.psasync.http.FieldWriting;
import org.psasync.http.JsonChange;
import org.psasync.http.JsonMismatch;
import org.psasync.http.JsonValue;
import org.psasync.http.RestAnswer;
import org.psasync.model.AssetKind;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.ContactFields;
import org.psasync.model.ContactPoint;
import org.psasync.model.Field;
import org.psasync.model.FieldValues;
import org.psasync.model.LocationFields;
import org.psasync.model.Problem;
import org.psasync.model.RemoteId;
import org.psasync.spi.ConnectorException;
import org.psasync.spi.Draft;
import org.psasync.spi.RemoteRecord;
import org.psasync.spi.WriteResult;

/** Makes records, each by one request; what a new contact cannot be made with follows as a change. */
final class Creator {
    private final Api api;
    private final Kinds kinds;
    private final @Nullable LocationsV1 locations;

    Creator(Api api, Kinds kinds, @Nullable LocationsV1 locations) {
        this.api = api;
        this.kinds = kinds;
        this.locations = locations;
    }

    WriteResult create(Draft draft) {
        RecordKind kind = kinds.of(draft.kind());
        FieldWriting writing = kind.map().writeNew(draft.values()).orRefuse();
        List<Problem> failed = new ArrayList<>(writing.problems());
        return switch (draft.kind()) {
            case ORGANIZATION -> account(kind, draft, writing, failed);
            case LOCATION -> location(draft, writing, failed);
            case CONTACT -> contact(kind, draft, writing, failed);
            case CONFIGURATION -> {
                JsonValue body = writing.body();
                body = draft.values().get(ConfigurationFields.STATUS) == null ? body.with("IsActive", true) : body;
                RestAnswer answer = api.write(kind.call("create"), "POST", body, "v2/servicedesk/hardwareasset");
                yield made(kind, answer, failed, List.of());
            }
            case TICKET -> throw new UnsupportedOperationException("This connector cannot create " + draft.kind());
        };
    }

    /** An answer that names no record leaves open what was made. */
    private static WriteResult made(
            RecordKind kind, RestAnswer answer, List<Problem> failed, List<RemoteRecord> parts) {
        RemoteId id = Ids.of(madeNumber(answer));
        try {
            return new WriteResult(id, kind.read(Api.result(answer.json())), failed, parts);
        } catch (JsonMismatch e) {
            return new WriteResult(id, null, failed, parts);
        }
    }

    private static long madeNumber(RestAnswer answer) {
        try {
            return RecordKind.number(Api.result(answer.json()));
        } catch (JsonMismatch e) {
            throw answer.unavailable("was answered without the record that was made");
        }
    }

    // Accounts -------------------------------------------------------------------------------------------------------

    /** Type, business type, manager and one location, in one request (PSA-PW-3). */
    private WriteResult account(RecordKind kind, Draft draft, FieldWriting writing, List<Problem> failed) {
        JsonValue body = writing.body()
                .with("BusinessTypeId", Options.number(draft.options(), Options.BUSINESS_TYPE))
                .with("AccountManagerId", Options.number(draft.options(), Options.ACCOUNT_MANAGER))
                .with("RouteInvoiceToParent", false)
                .with("Locations", draft.parts().stream().map(this::part).toList());
        RestAnswer answer = api.write(kind.call("create"), "POST", body, "v2/crm/accounts");
        return made(kind, answer, failed, parts(answer));
    }

    private JsonValue part(Draft location) {
        FieldValues values = location.values().without(LocationFields.ORGANIZATION);
        List<JsonChange> changes =
                kinds.of(AssetKind.LOCATION).map().writeNew(values).changes();
        return FlatLocation.nested(new FieldWriting(changes, Set.of(), List.of()).body(), null);
    }

    private List<RemoteRecord> parts(RestAnswer answer) {
        long account = madeNumber(answer);
        List<RemoteRecord> parts = new ArrayList<>();
        try {
            for (JsonValue location : Api.result(answer.json()).elements("Locations")) {
                parts.add(FlatLocation.read(kinds.of(AssetKind.LOCATION), account, location));
            }
            return parts;
        } catch (JsonMismatch e) {
            return List.of(); // they come with the next reading
        }
    }

    private WriteResult location(Draft draft, FieldWriting writing, List<Problem> failed) {
        LocationsV1 older = locations;
        Long account = Ids.number(draft.values().get(LocationFields.ORGANIZATION));
        if (older == null || account == null) {
            throw new ConnectorException.Rejected(List.of(Problem.ofRecord(
                    Problem.Code.NOT_WRITABLE, "A location can be made only together with its account")));
        }
        JsonValue body = FlatLocation.nested(
                new FieldWriting(without(writing, LocationFields.ORGANIZATION), Set.of(), List.of()).body(), null);
        long number = older.create(account, body);
        return new WriteResult(new Ids.Location(account, number).remote(), null, failed, List.of());
    }

    private static List<JsonChange> without(FieldWriting writing, Field<?> field) {
        return writing.changes().stream()
                .filter(change -> !change.field().equals(field))
                .toList();
    }

    // Contacts -------------------------------------------------------------------------------------------------------

    /** The answer has no stamp, so that the record is read again by whoever made it. */
    private WriteResult contact(RecordKind kind, Draft draft, FieldWriting writing, List<Problem> failed) {
        FieldValues values = draft.values();
        List<JsonValue> phones =
                new ArrayList<>(Points.PHONES.ofNew(values.get(ContactFields.PHONES), draft.options(), failed));
        if (Preparer.primary(values.get(ContactFields.PHONES)) == null && Options.fillsMissingPhone(draft.options())) {
            phones.addAll(Points.PHONES.ofNew(Set.of(ContactPoint.primary(Options.NO_PHONE)), draft.options(), failed));
        }
        Map<String, Object> body = new LinkedHashMap<>();
        List<JsonValue> later = new ArrayList<>();
        Set<Field<?>> laterFields = Set.of(ContactFields.TITLE, ContactFields.IMPORTANT);
        for (JsonChange change : writing.changes()) {
            if (laterFields.contains(change.field())) {
                later.add(Updater.operation(change));
            } else {
                body.put(change.path(), change.value());
            }
        }
        body.put("Phones", phones);
        body.put("Emails", Points.EMAILS.ofNew(values.get(ContactFields.EMAILS), draft.options(), failed));
        body.put("CustomFieldsData", List.of());
        RestAnswer answer = api.write(kind.call("create"), "POST", JsonValue.of(body), "v2/crm/contacts/summary");
        long number = madeNumber(answer);
        if (!later.isEmpty()) {
            complete(kind, number, later, writing, failed);
        }
        return new WriteResult(Ids.of(number), null, failed, List.of());
    }

    /** The contact is there, whatever becomes of this; what fails is tried alone later (PUSH-12). */
    private void complete(
            RecordKind kind, long number, List<JsonValue> operations, FieldWriting writing, List<Problem> failed) {
        try {
            api.write(kind.call("update"), "PATCH", JsonValue.of(operations), "v2/crm/contacts/{}", number);
        } catch (ConnectorException e) {
            for (Field<?> field : List.<Field<?>>of(ContactFields.TITLE, ContactFields.IMPORTANT)) {
                Optional<JsonChange> change = writing.changes().stream()
                        .filter(each -> each.field().equals(field))
                        .findFirst();
                if (change.isPresent()) {
                    failed.add(Problem.of(
                            field,
                            Problem.Code.REFUSED,
                            "The contact was made without it: " + Objects.toString(e.getMessage())));
                }
            }
        }
    }
}
