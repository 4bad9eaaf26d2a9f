package org.psasync.connectwise;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.psasync.connectwise.PageReader.Listing;
import org.psasync.http.JsonValue;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.ContactFields;
import org.psasync.model.Field;
import org.psasync.model.OrganizationFields;
import org.psasync.model.TicketFields;
import org.psasync.spi.ConnectorException;
import org.psasync.spi.ReferenceData;
import org.psasync.spi.ReferenceData.Entry;
import org.psasync.spi.ReferenceData.PsaUser;

/**
 * Reads the PSA's lists, those in use first (SET-7).
 *
 * <p>Inactive entries are in them, since records still use them. A list that the API member may not see is left out.
 * The statuses of tickets have a list for each board and are not read; tickets name theirs.
 */
final class ReferenceReader {
    private static final Map<Field<?>, ListName> LISTS = lists();

    private final Lists lists;
    private final PageReader pages;
    private final UsageCounts usage;

    ReferenceReader(Lists lists, PageReader pages, UsageCounts usage) {
        this.lists = lists;
        this.pages = pages;
        this.usage = usage;
    }

    private static Map<Field<?>, ListName> lists() {
        Map<Field<?>, ListName> result = new LinkedHashMap<>();
        result.put(OrganizationFields.TYPES, ListName.COMPANY_TYPES);
        result.put(OrganizationFields.STATUS, ListName.COMPANY_STATUSES);
        result.put(ContactFields.TYPES, ListName.CONTACT_TYPES);
        result.put(ConfigurationFields.TYPE, ListName.CONFIGURATION_TYPES);
        result.put(ConfigurationFields.STATUS, ListName.CONFIGURATION_STATUSES);
        result.put(ConfigurationFields.MANUFACTURER, ListName.MANUFACTURERS);
        result.put(ConfigurationFields.INSTALLED_BY, ListName.MEMBERS);
        result.put(TicketFields.BOARD, ListName.BOARDS);
        result.put(TicketFields.PRIORITY, ListName.PRIORITIES);
        return result;
    }

    ReferenceData read() {
        Map<Field<?>, List<Entry>> choices = new LinkedHashMap<>();
        Map<ListName, List<ListEntry>> read = new LinkedHashMap<>();
        LISTS.forEach((field, name) -> lists.afresh(name).ifPresent(entries -> {
            read.put(name, entries);
            choices.put(field, published(field, entries));
        }));
        Map<String, List<Entry>> options = new LinkedHashMap<>();
        lists.afresh(ListName.COMMUNICATION_TYPES).ifPresent(types -> {
            options.put(Options.EMAIL_TYPE, ofForm(types, "emailFlag"));
            options.put(Options.PHONE_TYPE, ofForm(types, "phoneFlag"));
        });
        return new ReferenceData(choices, options, users(read.get(ListName.MEMBERS)));
    }

    private List<Entry> published(Field<?> field, List<ListEntry> entries) {
        Map<Long, Long> counts = usage.of(field);
        boolean counted = usage.knows(field);
        return entries.stream()
                .filter(entry -> entry.number() > 0)
                .sorted(Comparator.<ListEntry>comparingLong(entry -> -counts.getOrDefault(entry.number(), 0L))
                        .thenComparing(ListEntry::name))
                .map(entry -> entry.published(
                        counted ? OptionalLong.of(counts.getOrDefault(entry.number(), 0L)) : OptionalLong.empty()))
                .toList();
    }

    private static List<Entry> ofForm(List<ListEntry> types, String flag) {
        return types.stream()
                .filter(type -> Boolean.TRUE.equals(type.row().flag(flag)))
                .map(type -> type.published(OptionalLong.empty()))
                .toList();
    }

    /** PSA-ALL-1: people with a full licence who are active; not API members, not subcontractors. */
    private List<PsaUser> users(@Nullable List<ListEntry> shortForm) {
        Listing list = Listing.of("members.list", "system/members")
                .fields(
                        "id,identifier,firstName,lastName,licenseClass,inactiveFlag,defaultEmail,officeEmail,mobileEmail,"
                                + "homeEmail,primaryEmail");
        List<JsonValue> members;
        try {
            members = pages.all(list);
        } catch (ConnectorException.Forbidden e) {
            members = Optional.ofNullable(shortForm).orElse(List.of()).stream()
                    .map(ListEntry::row)
                    .toList();
        }
        List<PsaUser> result = new ArrayList<>();
        for (JsonValue member : members) {
            boolean invitable =
                    "F".equals(member.text("licenseClass")) && !Boolean.TRUE.equals(member.flag("inactiveFlag"));
            if (invitable && member.integer("id") != null) {
                result.add(new PsaUser(String.valueOf(member.integer("id")), name(member), email(member)));
            }
        }
        return result;
    }

    private static String name(JsonValue member) {
        String first = member.text("firstName");
        String last = member.text("lastName");
        String name = ((first == null ? "" : first) + " " + (last == null ? "" : last)).strip();
        return name.isEmpty() ? String.valueOf(member.text("identifier")) : name;
    }

    /** The full form names which address is the default one; the short form shows the address itself. */
    private static String email(JsonValue member) {
        String which = member.text("defaultEmail");
        String named = which == null ? null : member.text(which.toLowerCase(Locale.ROOT) + "Email");
        for (String candidate : new @Nullable String[] {named, member.text("primaryEmail"), which}) {
            if (candidate != null && candidate.indexOf('@') > 0) {
                return candidate;
            }
        }
        return "";
    }
}
