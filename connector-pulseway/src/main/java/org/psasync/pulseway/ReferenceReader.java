package org.psasync.pulseway;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import org.psasync.http.JsonValue;
import org.psasync.model.Choice;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.Field;
import org.psasync.model.OrganizationFields;
import org.psasync.model.TicketFields;
import org.psasync.spi.ReferenceData;
import org.psasync.spi.ReferenceData.Entry;
import org.psasync.spi.ReferenceData.PsaUser;

/**
 * Reads the PSA's lists. Categories of assets and business types have no list of their own: they are learned from the
 * records that use them, which are counted by the way (SET-7).
 */
final class ReferenceReader {
    private final Api api;
    private final Pages pages;
    private final String ownUser;

    ReferenceReader(Api api, Pages pages, String ownUser) {
        this.api = api;
        this.pages = pages;
        this.ownUser = ownUser;
    }

    /** How many active records use each entry. */
    private static final class Use {
        private final Map<Choice, Long> counts = new LinkedHashMap<>();

        void count(JsonValue row, String id, String name) {
            Choice choice = Forms.choice(row, id, name);
            if (choice != null) {
                counts.merge(choice, Boolean.TRUE.equals(row.flag("IsActive")) ? 1L : 0L, Long::sum);
            }
        }

        List<Entry> entries() {
            List<Entry> result = new ArrayList<>();
            counts.forEach((choice, uses) -> result.add(new Entry(choice, true, OptionalLong.of(uses))));
            return result;
        }

        OptionalLong of(Choice choice) {
            return OptionalLong.of(counts.getOrDefault(choice, 0L));
        }
    }

    ReferenceData read() {
        Use accountTypes = new Use();
        Use businessTypes = new Use();
        Use categories = new Use();
        long[] active = new long[2];
        for (JsonValue row : rows("accounts.uses", "v2/crm/accounts/summary")) {
            accountTypes.count(row, "AccountTypeId", "AccountType");
            businessTypes.count(row, "BusinessTypeId", "BusinessType");
            active[0] += Boolean.TRUE.equals(row.flag("IsActive")) ? 1 : 0;
        }
        for (JsonValue row : rows("assets.uses", "v2/servicedesk/hardwareasset/searchselect")) {
            categories.count(row, "CategoryId", "CategoryName");
            active[1] += Boolean.TRUE.equals(row.flag("IsActive")) ? 1 : 0;
        }
        Map<Field<?>, List<Entry>> choices = new LinkedHashMap<>();
        List<Entry> types = new ArrayList<>();
        for (Entry entry : list("accounttypes.list", "v2/system/accounttypes/lookup")) {
            types.add(new Entry(entry.choice(), entry.active(), accountTypes.of(entry.choice())));
        }
        choices.put(OrganizationFields.TYPES, types);
        choices.put(OrganizationFields.STATUS, statuses(active[0]));
        choices.put(ConfigurationFields.TYPE, categories.entries());
        choices.put(ConfigurationFields.STATUS, statuses(active[1]));
        choices.put(TicketFields.BOARD, list("queues.list", "v2/system/queues/lookup"));
        choices.put(TicketFields.STATUS, list("statuses.list", "v2/system/statuses/lookup"));
        choices.put(TicketFields.PRIORITY, list("priorities.list", "v2/system/priorities/lookup"));
        List<Entry> contactTypes = list("contacttypes.list", "v2/system/lookup/{}", "ContactType");
        List<PsaUser> users = new ArrayList<>();
        List<Entry> managers = new ArrayList<>();
        people(users, managers);
        return new ReferenceData(
                choices,
                Map.of(
                        Options.EMAIL_TYPE,
                        contactTypes,
                        Options.PHONE_TYPE,
                        contactTypes,
                        Options.ACCOUNT_MANAGER,
                        managers,
                        Options.BUSINESS_TYPE,
                        businessTypes.entries()),
                users);
    }

    /** Active and inactive records are asked for apart, as everywhere. */
    private List<JsonValue> rows(String name, String path) {
        List<JsonValue> rows = new ArrayList<>(pages.all(Pages.list(name, path, "IsActive", "true")));
        rows.addAll(pages.all(Pages.list(name, path, "IsActive", "false")));
        return rows;
    }

    private static List<Entry> statuses(long active) {
        return List.of(
                new Entry(Forms.ACTIVE, true, OptionalLong.of(active)),
                new Entry(Forms.INACTIVE, true, OptionalLong.of(0)));
    }

    private List<Entry> list(String name, String path, Object... segments) {
        List<Entry> entries = new ArrayList<>();
        for (JsonValue row : api.list(name, path, segments)) {
            Choice choice = Forms.choice(row, "Id", "Name");
            if (choice != null) {
                entries.add(new Entry(choice, !Boolean.FALSE.equals(row.flag("IsActive")), OptionalLong.empty()));
            }
        }
        return entries;
    }

    /** The integration's own user is not invited (PSA-ALL-1); which others are for the API only is not shown. */
    private void people(List<PsaUser> users, List<Entry> managers) {
        for (JsonValue row :
                pages.all(Pages.list("employees.list", "v2/hr/employees/searchselect", "IsActive", "true"))) {
            String id = row.text("Id");
            if (id == null || Boolean.FALSE.equals(row.flag("IsActive"))) {
                continue;
            }
            String name = (text(row, "FirstName") + " " + text(row, "LastName")).strip();
            String email = text(row, "EmailAddress");
            boolean own = ownUser.equalsIgnoreCase(text(row, "Username")) || ownUser.equalsIgnoreCase(email);
            if (!own) {
                users.add(new PsaUser(id, name.isEmpty() ? id : name, email.toLowerCase(Locale.ROOT)));
                managers.add(Entry.of(id, name.isEmpty() ? id : name));
            }
        }
    }

    private static String text(JsonValue row, String member) {
        String text = row.text(member);
        return text == null ? "" : text.strip();
    }
}
