package org.psasync.autotask;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.psasync.http.FieldWriting;
import org.psasync.http.JsonChange;
import org.psasync.http.JsonValue;
import org.psasync.model.AssetKind;
import org.psasync.model.Choice;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.ContactFields;
import org.psasync.model.FieldValues;
import org.psasync.model.LocationFields;
import org.psasync.model.OrganizationFields;
import org.psasync.model.Problem;
import org.psasync.spi.ConnectorException;
import org.psasync.spi.Draft;

/**
 * Makes bodies of drafts, and says all that keeps a draft from becoming a record before anything is sent (PUSH-8, PSA-AT-2,
 * -3, -5).
 */
final class Drafts {
    private static final List<String> OF_THE_COMPANY =
            List.of("address1", "address2", "city", "state", "postalCode", "countryID", "phone", "fax");

    private final Kinds kinds;
    private final Metadata metadata;
    private final People people;
    private final Countries countries;
    private final Products products;

    Drafts(Kinds kinds, Metadata metadata, People people, Countries countries, Products products) {
        this.kinds = kinds;
        this.metadata = metadata;
        this.people = people;
        this.countries = countries;
        this.products = products;
    }

    /**
     * What is to be sent for a draft.
     *
     * @param leftOut what the PSA has no place for
     * @param grave what keeps the record from being made
     */
    record Planned(Body body, List<Problem> leftOut, List<Problem> grave) {}

    Draft prepare(Draft draft) {
        Planned planned = plan(draft);
        List<Problem> problems = new ArrayList<>(planned.grave());
        RecordKind kind = kinds.of(draft.kind());
        Set<String> later = draft.kind() == AssetKind.CONFIGURATION ? Set.of("productID") : Set.of();
        try {
            Metadata.Fields fields = metadata.of(kind.entity());
            for (Problem problem : planned.body().problems(fields)) {
                boolean known = problems.stream()
                        .anyMatch(each -> each.field() != null && each.field().equals(problem.field()));
                if (!known) {
                    problems.add(problem);
                }
            }
            if (problems.isEmpty()) {
                problems.addAll(planned.body().missing(fields, later));
            }
        } catch (ConnectorException.Forbidden e) {
            // who may not see metadata learns it from the PSA's refusal
        }
        if (problems.isEmpty() && draft.kind() == AssetKind.CONFIGURATION) {
            product(draft).ifPresent(problems::add);
        }
        if (!problems.isEmpty()) {
            throw new ConnectorException.Rejected(problems);
        }
        return draft;
    }

    /** A product that is missing, where the settings do not help (PSA-AT-3). */
    private Optional<Problem> product(Draft draft) {
        Choice manufacturer = draft.values().get(ConfigurationFields.MANUFACTURER);
        Choice model = draft.values().get(ConfigurationFields.MODEL);
        boolean refuse = Options.productMissing(draft.options()).equals(Options.REFUSE);
        if (!refuse
                || manufacturer == null
                || model == null
                || products.find(manufacturer, model).isPresent()) {
            return Optional.empty();
        }
        return Optional.of(Products.missing(manufacturer, model));
    }

    Planned plan(Draft draft) {
        FieldValues values = draft.values();
        FieldWriting writing = kinds.of(draft.kind()).map().writeNew(values);
        List<Problem> grave = new ArrayList<>();
        List<Problem> leftOut = new ArrayList<>();
        writing.problems()
                .forEach(problem -> (problem.code() == Problem.Code.NOT_WRITABLE ? leftOut : grave).add(problem));
        Body body = switch (draft.kind()) {
            case ORGANIZATION -> company(draft, Body.of(writing.changes()), grave);
            case LOCATION -> location(values, writing, grave).orElse("isActive", true);
            case CONTACT -> contact(draft, writing, leftOut);
            case CONFIGURATION -> {
                Products.missingSetting(draft.options()).ifPresent(grave::add);
                yield Body.of(writing.changes()).orElse("isActive", true);
            }
            case TICKET -> throw new UnsupportedOperationException("This connector cannot create " + draft.kind());
        };
        return new Planned(body, leftOut, grave);
    }

    // Companies and locations ----------------------------------------------------------------------------------------

    /** Phone and address are those of the primary location, which the PSA makes of them (PUSH-11). */
    private Body company(Draft draft, Body written, List<Problem> grave) {
        Body body = written.orElse("isActive", true);
        String owner = draft.options().get(Options.ACCOUNT_MANAGER);
        Optional<Problem> unfit = people.ownerProblem(owner);
        if (unfit.isPresent()) {
            grave.add(unfit.get());
        } else {
            body = body.with("ownerResourceID", Long.parseLong(String.valueOf(owner)));
        }
        String phone = null;
        if (!draft.parts().isEmpty()) {
            FieldValues main = draft.parts().get(0).values().without(LocationFields.ORGANIZATION);
            FieldWriting writing = kinds.of(AssetKind.LOCATION).map().writeNew(main);
            Body location = location(main, writing, grave);
            for (String member : OF_THE_COMPANY) {
                JsonValue value = location.json().at(member);
                body = value.isBlank() ? body : body.with(member, value);
            }
            phone = main.get(LocationFields.PHONE);
        }
        if (phone == null) {
            grave.add(
                    Problem.of(
                            OrganizationFields.PRIMARY_LOCATION,
                            Problem.Code.REQUIRED,
                            "Autotask makes no company without a phone: give it a primary location, and fill in the phone of that."));
        }
        return body;
    }

    private Body location(FieldValues values, FieldWriting writing, List<Problem> grave) {
        Body body = Body.of(writing.changes());
        String country = values.get(LocationFields.COUNTRY);
        if (country == null) {
            return body;
        }
        Optional<Long> number = countries.number(country);
        if (number.isEmpty()) {
            grave.add(unknownCountry(country));
            return body;
        }
        return body.with("countryID", number.get());
    }

    static Problem unknownCountry(String country) {
        return Problem.of(
                LocationFields.COUNTRY,
                Problem.Code.UNKNOWN_VALUE,
                "Autotask has no country \"" + country + "\"; correct it, or add it there.");
    }

    // Contacts -------------------------------------------------------------------------------------------------------

    private static Body contact(Draft draft, FieldWriting writing, List<Problem> leftOut) {
        List<JsonChange> changes = new ArrayList<>(writing.changes());
        List.of(ContactFields.EMAILS, ContactFields.PHONES).forEach(field -> {
            SlotChanges slots = SlotChanges.of(field, Set.of(), draft.values().get(field), draft.options());
            slots.members().stream().filter(member -> !member.value().isBlank()).forEach(changes::add);
            leftOut.addAll(slots.problems());
        });
        return Body.of(changes).with("isActive", 1);
    }
}
