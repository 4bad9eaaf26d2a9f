package org.psasync.autotask;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.psasync.autotask.Labels.ListName;
import org.psasync.http.JsonValue;
import org.psasync.model.Choice;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.Field;
import org.psasync.model.OrganizationFields;
import org.psasync.model.TicketFields;
import org.psasync.spi.ConnectorException;
import org.psasync.spi.ConnectorOption;
import org.psasync.spi.ReferenceData;
import org.psasync.spi.ReferenceData.Entry;

/**
 * Reads the PSA's lists, from the tenant's own metadata and records. Inactive entries are in them, since records still use
 * them. A list that the user may not see is left empty.
 */
final class ReferenceReader {
    private final QueryReader queries;
    private final Labels labels;
    private final People people;
    private final UsageCounts usage;

    ReferenceReader(QueryReader queries, Labels labels, People people, UsageCounts usage) {
        this.queries = queries;
        this.labels = labels;
        this.people = people;
        this.usage = usage;
    }

    ReferenceData read() {
        List<Labels.Entry> owners = people.now();
        Map<Field<?>, List<Entry>> choices = new LinkedHashMap<>();
        choices.put(OrganizationFields.TYPES, counted(ListName.COMPANY_TYPES, "Companies", "companyType"));
        choices.put(OrganizationFields.STATUS, statuses("Companies"));
        choices.put(
                OrganizationFields.CLASSIFICATION, counted(ListName.CLASSIFICATIONS, "Companies", "classification"));
        choices.put(
                ConfigurationFields.TYPE, counted(ListName.ITEM_TYPES, "ConfigurationItems", "configurationItemType"));
        choices.put(ConfigurationFields.STATUS, statuses("ConfigurationItems"));
        choices.put(ConfigurationFields.INSTALLED_BY, entries(labels.entries(ListName.RESOURCES)));
        choices.put(TicketFields.BOARD, entries(labels.entriesNow(ListName.QUEUES)));
        choices.put(TicketFields.STATUS, entries(labels.entriesNow(ListName.STATUSES)));
        choices.put(TicketFields.PRIORITY, entries(labels.entriesNow(ListName.PRIORITIES)));
        return new ReferenceData(
                choices, options(owners), owners.stream().map(People::user).toList());
    }

    private List<Entry> counted(ListName list, String entity, String member) {
        List<Labels.Entry> all = labels.entriesNow(list);
        List<Entry> result = new ArrayList<>();
        for (Labels.Entry entry : all) {
            OptionalLong used = usage.of(list, all, entity, member, entry);
            result.add(new Entry(new Choice(entry.id(), entry.name()), entry.active(), used));
        }
        return result;
    }

    private List<Entry> statuses(String entity) {
        return List.of(
                new Entry(Forms.ACTIVE, true, usage.active(entity)),
                new Entry(Forms.INACTIVE, true, OptionalLong.of(0)));
    }

    private static List<Entry> entries(List<Labels.Entry> entries) {
        return entries.stream()
                .map(entry -> new Entry(new Choice(entry.id(), entry.name()), entry.active(), OptionalLong.empty()))
                .toList();
    }

    private Map<String, List<Entry>> options(List<Labels.Entry> owners) {
        return Map.of(
                Options.ACCOUNT_MANAGER,
                entries(owners),
                Options.PRODUCT_MISSING,
                List.of(
                        Entry.of(Options.REFUSE, "Refuse the configuration"),
                        Entry.of(Options.CREATE, "Make a product"),
                        Entry.of(Options.DEFAULT, "Take the default product")),
                Options.BILLING_CODE,
                active("BillingCodes"),
                Options.DEFAULT_PRODUCT,
                active("Products"),
                ConnectorOption.CONTACT_EMAIL_TYPE,
                slots(Slot.EMAILS),
                ConnectorOption.CONTACT_PHONE_TYPE,
                slots(Slot.PHONES));
    }

    private List<Entry> active(String entity) {
        List<Entry> entries = new ArrayList<>();
        try {
            for (JsonValue row : queries.all(Query.of(Kinds.callOf(entity) + ".list", entity)
                    .include("id", "name", "isActive")
                    .where(Filter.equal("isActive", true)))) {
                String name = row.text("name");
                String id = Long.toString(Ids.required(row));
                entries.add(Entry.of(id, name == null || name.isBlank() ? id : name.strip()));
            }
        } catch (ConnectorException.Forbidden e) {
            entries.clear();
        }
        return entries;
    }

    private static List<Entry> slots(List<Slot> slots) {
        return slots.stream().map(slot -> Entry.of(slot.member(), slot.label())).toList();
    }
}
