package org.psasync.autotask;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.psasync.autotask.Metadata.Fields;
import org.psasync.http.FieldWriting;
import org.psasync.http.JsonChange;
import org.psasync.http.JsonMismatch;
import org.psasync.http.JsonValue;
import org.psasync.http.UpdateSteps;
import org.psasync.model.AssetKind;
import org.psasync.model.Choice;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.ContactFields;
import org.psasync.model.ContactPoint;
import org.psasync.model.Field;
import org.psasync.model.FieldValues;
import org.psasync.model.LocationFields;
import org.psasync.model.OrganizationFields;
import org.psasync.model.Problem;
import org.psasync.spi.ConnectorException;
import org.psasync.spi.RemoteRead;
import org.psasync.spi.RemoteRecord;
import org.psasync.spi.RemoteUpdate;
import org.psasync.spi.WriteResult;

/**
 * Changes records by PATCH, with the members that differ and no others, contacts and locations below their company (PSA-AT-4).
 * Afterwards the record is read back, so that a write that the PSA passed over in silence is no write (C11.2).
 *
 * <p>The PSA checks no version, so that a write between the read and this one cannot be prevented (MERGE-6).
 */
final class Updater {
    private final Api api;
    private final Kinds kinds;
    private final Metadata metadata;
    private final Countries countries;
    private final Products products;
    private final RecordReader reader;

    Updater(Api api, Kinds kinds, Metadata metadata, Countries countries, Products products, RecordReader reader) {
        this.api = api;
        this.kinds = kinds;
        this.metadata = metadata;
        this.countries = countries;
        this.products = products;
        this.reader = reader;
    }

    WriteResult update(RemoteUpdate update) {
        RecordKind kind = kinds.of(update.kind());
        long number = Ids.number(update.id())
                .orElseThrow(() -> new ConnectorException.Gone("\"" + update.id() + "\" is no id of this PSA"));
        UpdateSteps steps = new UpdateSteps(Descriptor.NAME);
        FieldValues changes = staying(kind, steps.withoutEmptied(kind.map(), update.changes()), steps);
        FieldWriting writing = kind.map().write(changes);
        writing.problems().forEach(steps::refuse);
        try {
            List<JsonChange> members = new ArrayList<>(writing.changes());
            for (Field<?> field : writing.apart()) {
                apart(field, update, changes, members, steps);
            }
            List<JsonChange> allowed = allowed(kind, members, steps);
            steps.inParts(allowed, some -> send(kind, update, number, some));
            if (changes.has(OrganizationFields.PRIMARY_LOCATION)) {
                steps.run(
                        Set.of(OrganizationFields.PRIMARY_LOCATION),
                        () -> makePrimary(number, changes.get(OrganizationFields.PRIMARY_LOCATION), steps));
            }
        } catch (JsonMismatch e) {
            throw steps.notUnderstood(e);
        }
        RemoteRecord now = steps.hasWritten() ? readBack(kind, update, steps) : null;
        return new WriteResult(update.id(), now, steps.outcome(), List.of());
    }

    /** Items and locations stay with their company: the PSA ignores another one (FIELD-10). */
    private static FieldValues staying(RecordKind kind, FieldValues changes, UpdateSteps steps) {
        Field<?> organization = kind.kind() == AssetKind.CONFIGURATION
                ? ConfigurationFields.ORGANIZATION
                : kind.kind() == AssetKind.LOCATION ? LocationFields.ORGANIZATION : null;
        if (organization == null || !changes.has(organization)) {
            return changes;
        }
        steps.refuse(Problem.of(
                organization,
                Problem.Code.NOT_WRITABLE,
                "Autotask keeps it with its company, whatever is sent; make it anew below the other one there."));
        return changes.without(organization);
    }

    // What takes more than a member ----------------------------------------------------------------------------------

    private void apart(
            Field<?> field, RemoteUpdate update, FieldValues changes, List<JsonChange> members, UpdateSteps steps) {
        if (field.equals(LocationFields.COUNTRY)) {
            country(changes.get(LocationFields.COUNTRY), members, steps);
        } else if (field.equals(ContactFields.EMAILS) || field.equals(ContactFields.PHONES)) {
            @SuppressWarnings("unchecked") // both are lists of contact points
            Field<Set<ContactPoint>> list = (Field<Set<ContactPoint>>) field;
            SlotChanges slots =
                    SlotChanges.of(list, update.seen().values().get(list), changes.get(list), update.options());
            members.addAll(slots.members());
            slots.problems().forEach(steps::refuse);
        } else if (field.equals(ConfigurationFields.MODEL)
                || field.equals(ConfigurationFields.MANUFACTURER) && !changes.has(ConfigurationFields.MODEL)) {
            product(update, changes, members, steps);
        }
    }

    private void country(@Nullable String country, List<JsonChange> members, UpdateSteps steps) {
        Optional<Long> number = country == null ? Optional.empty() : countries.number(country);
        if (country != null && number.isEmpty()) {
            steps.refuse(Drafts.unknownCountry(country));
        } else {
            members.add(new JsonChange(LocationFields.COUNTRY, "countryID", JsonValue.of(number.orElse(null))));
        }
    }

    /** Manufacturer and model are those of the product: another product is chosen, and none is changed (PSA-AT-3). */
    private void product(RemoteUpdate update, FieldValues changes, List<JsonChange> members, UpdateSteps steps) {
        List<Field<Choice>> fields = List.of(ConfigurationFields.MANUFACTURER, ConfigurationFields.MODEL);
        Choice manufacturer = wanted(update, changes, ConfigurationFields.MANUFACTURER);
        Choice model = wanted(update, changes, ConfigurationFields.MODEL);
        fields.stream().filter(changes::has).forEach(field -> {
            if (manufacturer == null || model == null) {
                steps.refuse(Problem.of(
                        field,
                        Problem.Code.REQUIRED,
                        "Fill in both manufacturer and model: in Autotask they are those of a product."));
            }
        });
        if (manufacturer == null || model == null) {
            return;
        }
        Set<Field<?>> changed = Set.copyOf(fields.stream().filter(changes::has).toList());
        steps.run(changed, () -> {
            Products.missingSetting(update.options()).ifPresent(problem -> {
                throw new ConnectorException.Rejected(List.of(problem));
            });
            Products.Chosen chosen = products.choose(manufacturer, model, update.options());
            changed.forEach(field -> members.add(new JsonChange(field, "productID", JsonValue.of(chosen.number()))));
            if (chosen.problem() != null) {
                Products.taken(chosen.problem()).forEach(steps::refuse);
            }
        });
    }

    private static @Nullable Choice wanted(RemoteUpdate update, FieldValues changes, Field<Choice> field) {
        return changes.has(field) ? changes.get(field) : update.seen().values().get(field);
    }

    private void makePrimary(long company, @Nullable Object location, UpdateSteps steps) {
        Long number = RecordKind.company(location);
        if (number == null) {
            steps.refuse(Problem.of(
                    OrganizationFields.PRIMARY_LOCATION,
                    Problem.Code.NOT_WRITABLE,
                    "Autotask keeps a primary location of every company; choose another one instead."));
            return;
        }
        JsonValue body = JsonValue.object().with("id", number).with("isPrimary", true);
        api.write("companylocations.update", "PATCH", body, "Companies/{}/Locations", company);
        steps.wrote();
    }

    // Sending --------------------------------------------------------------------------------------------------------

    /** Leaves out what the tenant's own metadata says cannot be held. */
    private List<JsonChange> allowed(RecordKind kind, List<JsonChange> members, UpdateSteps steps) {
        if (members.isEmpty()) {
            return members;
        }
        Fields fields;
        try {
            fields = metadata.of(kind.entity());
        } catch (ConnectorException.Forbidden e) {
            return members;
        }
        List<Problem> problems = Body.of(members).problems(fields);
        problems.forEach(steps::refuse);
        return members.stream()
                .filter(member ->
                        problems.stream().noneMatch(problem -> member.field().equals(problem.field())))
                .toList();
    }

    private void send(RecordKind kind, RemoteUpdate update, long number, List<JsonChange> members) {
        JsonValue body = JsonValue.object().with("id", number);
        for (JsonChange member : members) {
            body = body.with(member.path(), member.value());
        }
        if (kind.below().isEmpty()) {
            api.write(kind.call("update"), "PATCH", body, kind.entity());
            return;
        }
        api.write(kind.call("update"), "PATCH", body, "Companies/{}/" + kind.below(), company(kind, update));
    }

    private long company(RecordKind kind, RemoteUpdate update) {
        Field<?> organization =
                kind.kind() == AssetKind.CONTACT ? ContactFields.ORGANIZATION : LocationFields.ORGANIZATION;
        Long company = RecordKind.company(update.seen().values().get(organization));
        if (company == null && reader.read(kind, update.id()) instanceof RemoteRead.Found found) {
            company = RecordKind.company(found.record().values().get(organization));
        }
        if (company == null) {
            throw new ConnectorException.Gone("The company of \"" + update.id() + "\" is not known");
        }
        return company;
    }

    /** Returns null when the record cannot be read now; whoever asked reads it later. */
    private @Nullable RemoteRecord readBack(RecordKind kind, RemoteUpdate update, UpdateSteps steps) {
        try {
            if (reader.read(kind, update.id()) instanceof RemoteRead.Found found) {
                steps.refuseKept(update, found.record());
                return found.record();
            }
            return null;
        } catch (ConnectorException | JsonMismatch e) {
            return null;
        }
    }

    /** Returns problems with the fields that their words name by the members. */
    static List<Problem> named(List<Problem> problems, Body body) {
        return problems.stream()
                .map(problem -> body.fields().entrySet().stream()
                        .filter(member -> problem.field() == null && UpdateSteps.names(problem.text(), member.getKey()))
                        .findFirst()
                        .map(member ->
                                Problem.of(Objects.requireNonNull(member.getValue()), problem.code(), problem.text()))
                        .orElse(problem))
                .toList();
    }
}
