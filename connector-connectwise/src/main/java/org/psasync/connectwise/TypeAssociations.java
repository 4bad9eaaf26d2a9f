package org.psasync.connectwise;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.psasync.connectwise.PageReader.Listing;
import org.psasync.http.JsonValue;
import org.psasync.model.AssetKind;
import org.psasync.model.Choice;
import org.psasync.model.Field;
import org.psasync.model.Problem;
import org.psasync.spi.ConnectorException;

/**
 * The types of a company or contact, which are records of their own once it exists.
 *
 * <p>Only what changed is added or removed: a type that somebody else gave stays. Source: ConnectWise OpenAPI 2025.8,
 * CompanyTypeAssociation, ContactTypeAssociation.
 */
final class TypeAssociations {
    private final Api api;
    private final PageReader pages;
    private final Lists lists;

    TypeAssociations(Api api, PageReader pages, Lists lists) {
        this.api = api;
        this.pages = pages;
        this.lists = lists;
    }

    /** Adds the steps that turn the types seen into those wanted. */
    void change(
            UpdateSteps steps,
            Field<Set<Choice>> field,
            long record,
            @Nullable Set<Choice> seen,
            @Nullable Set<Choice> wanted) {
        boolean company = field.kind() == AssetKind.ORGANIZATION;
        String path = (company ? "company/companies" : "company/contacts") + "/{}/typeAssociations";
        String subject = company ? "companyTypes" : "contactTypes";
        ListName list = company ? ListName.COMPANY_TYPES : ListName.CONTACT_TYPES;
        Map<Long, Long> present = new HashMap<>();
        steps.run(field, () -> present.putAll(associations(subject, path, record)), false);
        if (steps.failed(field)) {
            return;
        }
        for (Choice type : without(wanted, seen)) {
            steps.run(field, () -> {
                long number = lists.entry(field, list, type).number();
                if (!present.containsKey(number)) {
                    add(subject, path, record, company ? "company" : "contact", number);
                }
            });
        }
        for (Choice type : without(seen, wanted)) {
            Long association = present.get(Ids.numbers(List.of(type.id())).get(0));
            if (association != null) {
                steps.run(field, () -> remove(subject, path, record, association));
            }
        }
    }

    private Map<Long, Long> associations(String subject, String path, long record) {
        Map<Long, Long> result = new HashMap<>();
        for (JsonValue row : pages.all(Listing.of(subject + ".list", path, record))) {
            Long type = Reads.number(row, "type");
            Long association = row.integer("id");
            if (type != null && association != null) {
                result.put(type, association);
            }
        }
        return result;
    }

    private void add(String subject, String path, long record, String owner, long type) {
        try {
            api.write(
                    subject + ".add",
                    "POST",
                    JsonValue.of(Map.of("type", Map.of("id", type), owner, Map.of("id", record))),
                    path,
                    record);
        } catch (ConnectorException.Rejected e) {
            boolean there = e.problems().stream().allMatch(each -> each.code() == Problem.Code.DUPLICATE);
            if (!there) {
                throw e;
            }
        }
    }

    private void remove(String subject, String path, long record, long association) {
        try {
            api.delete(subject + ".remove", path + "/{}", record, association);
        } catch (ConnectorException.Gone e) {
            return; // somebody else removed it
        }
    }

    private static List<Choice> without(@Nullable Set<Choice> these, @Nullable Set<Choice> those) {
        List<Choice> result = new ArrayList<>(these == null ? Set.of() : these);
        result.removeAll(new LinkedHashSet<>(those == null ? Set.of() : those));
        return result;
    }
}
