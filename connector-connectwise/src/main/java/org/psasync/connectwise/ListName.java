package org.psasync.connectwise;

import org.psasync.http.JsonValue;

/** The PSA's lists of types, statuses and the like. Source: ConnectWise OpenAPI 2025.8. */
enum ListName {
    COMPANY_TYPES("company type", "company/companies/types", "name", ""),
    COMPANY_STATUSES("company status", "company/companies/statuses", "name", "inactiveFlag"),
    CONTACT_TYPES("contact type", "company/contacts/types", "description", ""),
    CONFIGURATION_TYPES("configuration type", "company/configurations/types", "name", "inactiveFlag"),
    CONFIGURATION_STATUSES("configuration status", "company/configurations/statuses", "description", ""),
    MANUFACTURERS("manufacturer", "procurement/manufacturers", "name", "inactiveFlag"),
    BOARDS("service board", "service/boards", "name", "inactiveFlag"),
    PRIORITIES("ticket priority", "service/priorities", "name", ""),
    COMMUNICATION_TYPES("communication type", "company/communicationTypes", "description", "disabled"),
    COUNTRIES("country", "company/countries", "name", "disabled"),
    STATES("state", "company/states", "name", "disabled"),
    MEMBERS("member", "system/info/members", "fullName", "inactiveFlag");

    private final String words;
    private final String path;
    private final String nameMember;
    private final String inactiveMember;

    ListName(String words, String path, String nameMember, String inactiveMember) {
        this.words = words;
        this.path = path;
        this.nameMember = nameMember;
        this.inactiveMember = inactiveMember;
    }

    /** What a person calls an entry. */
    String words() {
        return words;
    }

    String path() {
        return path;
    }

    /** The name of its calls. */
    String call() {
        return this == MEMBERS
                ? "members.list"
                : path.substring(path.indexOf('/') + 1).replace('/', '-') + ".list";
    }

    /** An entry, as far as its row can be understood. */
    ListEntry entry(JsonValue row) {
        Long number = row.integer("id");
        String name = row.text(nameMember);
        String other = name == null ? row.text("identifier") : name;
        boolean inactive = !inactiveMember.isEmpty() && Boolean.TRUE.equals(row.flag(inactiveMember));
        return new ListEntry(
                number == null ? 0 : number, other == null ? String.valueOf(number) : other, !inactive, row);
    }
}
