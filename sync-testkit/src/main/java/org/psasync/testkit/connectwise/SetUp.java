package org.psasync.testkit.connectwise;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The set-up tables of the invented tenant: types, statuses, boards, members, countries. */
final class SetUp {
    /** The question of the type Firewall that must be answered. */
    static final int REQUIRED_QUESTION = 4;

    private static final String LONG_AGO = "2024-01-15T09:00:00Z";

    private final Tenant tenant;
    private final String apiMember;

    SetUp(Tenant tenant, String apiMember) {
        this.tenant = tenant;
        this.apiMember = apiMember;
    }

    /** Adds a row with the next id. */
    Row add(String table, Map<String, ? extends @Nullable Object> values) {
        Table target = tenant.table(table);
        Row row = target.newRow();
        values.forEach((name, value) -> row.set(target.field(name), value));
        row.lastUpdated = LONG_AGO;
        row.updatedBy = "zAdmin";
        row.dateEntered = LONG_AGO;
        row.enteredBy = "zAdmin";
        target.insert(row);
        return row;
    }

    /** Adds a row for each name, the first as default where the table has one. */
    private void names(String table, String member, String... names) {
        Field isDefault = tenant.table(table).shape.find("defaultFlag");
        for (int i = 0; i < names.length; i++) {
            Row row = add(table, Map.of(member, names[i]));
            if (isDefault != null && i == 0) {
                row.set(isDefault, true);
            }
        }
    }

    void fill() {
        names("companyStatus", "name", "Active", "Inactive", "Not Approved", "Credit Hold");
        set("companyStatus", 2, "inactiveFlag", true);
        names(
                "companyType",
                "name",
                "Customer",
                "Prospect",
                "Vendor",
                "Former Customer",
                "Partner",
                "Managed Services");
        set("companyType", 3, "vendorFlag", true);
        names("contactType", "description", "Decision Maker", "Technical", "Billing");
        names("contactDepartment", "name", "Finance", "Operations");
        names("relationship", "name", "Employee", "Consultant");
        names("manufacturer", "name", Words.MANUFACTURERS.toArray(String[]::new));
        names("market", "name", "Manufacturing", "Healthcare");
        names("timeZone", "name", "GMT-6/Central Time: US & Canada");
        names("structureLevel", "name", "Corporate", "Office");
        names("addressFormat", "name", "Default");
        names("serviceLocation", "name", "Remote", "On-Site");
        names("source", "name", "Call", "Email Connector", "Portal");
        names("memberType", "name", "Technician");
        places();
        communicationTypes();
        configurations();
        members();
        boards();
        customFields();
    }

    private void set(String table, int id, String member, Object value) {
        Row row = tenant.find(table, id);
        if (row != null) {
            row.set(tenant.table(table).field(member), value);
        }
    }

    private void places() {
        add(
                "currency",
                Map.of(
                        "name", "US Dollars",
                        "symbol", "$",
                        "currencyCode", "USD",
                        "decimalSeparator", ".",
                        "numberOfDecimals", 2,
                        "thousandsSeparator", ","));
        country("United States", "US", true);
        country("Canada", "CA", false);
        country("Germany", "DE", false);
        for (List<String> state : Words.STATES) {
            add("state", Map.of("identifier", state.get(0), "name", state.get(1), "country", 1));
        }
        add("location", Map.of("name", "Main Office", "structureLevel", 2, "locationFlag", true));
        add("location", Map.of("name", "Branch", "structureLevel", 2, "locationFlag", true, "reportsTo", 1));
        add("department", Map.of("identifier", "Services", "name", "Professional Services"));
        add("department", Map.of("identifier", "Sales", "name", "Sales"));
    }

    private void country(String name, String code, boolean isDefault) {
        add(
                "country",
                Map.of(
                        "name", name,
                        "countryCode", code,
                        "defaultFlag", isDefault,
                        "currency", 1,
                        "addressFormat", 1));
    }

    private void communicationTypes() {
        add("communicationType", Map.of("description", "Email", "emailFlag", true, "defaultFlag", true));
        add("communicationType", Map.of("description", "Direct", "phoneFlag", true, "defaultFlag", true));
        add("communicationType", Map.of("description", "Fax", "faxFlag", true, "defaultFlag", true));
        add("communicationType", Map.of("description", "Cell", "phoneFlag", true));
        add("communicationType", Map.of("description", "Email - Personal", "emailFlag", true));
    }

    private void configurations() {
        names("configurationStatus", "description", "Active", "Inactive");
        set("configurationStatus", 2, "closedFlag", true);
        for (String name : List.of(
                "Server", "Workstation", "Printer", "Firewall", "Managed Network SaaS", "Switch", "Legacy Device")) {
            add("configurationType", Map.of("name", name));
        }
        set("configurationType", 7, "inactiveFlag", true);
        question(1, "Management IP", "IPAddress", "EntryField", 1.0, false);
        question(1, "Is virtual?", "Checkbox", "EntryField", 2.0, false);
        question(1, "Hosting", "Text", "List", 3.0, false);
        question(4, "Support contract number", "Text", "EntryField", 1.0, true);
        for (String choice : List.of("On premise", "Data centre", "Cloud")) {
            add("questionValue", Map.of("configurationType", 1, "question", 3, "value", choice));
        }
    }

    private void question(
            int type, String text, String fieldType, String entryType, double sequence, boolean required) {
        add(
                "question",
                Map.of(
                        "configurationType", type,
                        "question", text,
                        "fieldType", fieldType,
                        "entryType", entryType,
                        "sequenceNumber", sequence,
                        "numberOfDecimals", 0,
                        "requiredFlag", required));
    }

    private void members() {
        add("securityRole", Map.of("name", "Admin", "adminFlag", true));
        add("securityRole", Map.of("name", "Technician"));
        add("securityRole", Map.of("name", "API Sync"));
        member("zAdmin", "Zara", "Admin", "F", 1, true);
        member("jkowalski", "Jan", "Kowalski", "F", 2, true);
        member("mlopez", "Maria", "Lopez", "F", 2, true);
        member("tnguyen", "Thi", "Nguyen", "C", 2, true);
        member(apiMember, "Sync", "API", "A", 3, true);
        member("oldtech", "Old", "Tech", "F", 2, false);
        member("subcon", "Sam", "Contractor", "X", 2, true);
    }

    private void member(String login, String first, String last, String license, int role, boolean active) {
        Row row = add(
                "member",
                Map.of(
                        "identifier",
                        login,
                        "firstName",
                        first,
                        "lastName",
                        last,
                        "licenseClass",
                        license,
                        "hireDate",
                        "2020-03-02T00:00:00Z",
                        "officeEmail",
                        login + "@msp.example",
                        "primaryEmail",
                        login + "@msp.example",
                        "defaultEmail",
                        "Office",
                        "defaultPhone",
                        "Office",
                        "securityRole",
                        role));
        Table members = tenant.table("member");
        row.set(members.field("inactiveFlag"), !active);
        row.set(members.field("inactiveDate"), active ? null : "2024-09-30T00:00:00Z");
    }

    private void boards() {
        for (String name : List.of("Help Desk", "Alerts")) {
            Row board = add("board", Map.of("name", name, "location", 1, "department", 1));
            status(board, "New", 10, false);
            status(board, "In Progress", 20, false);
            status(board, "Waiting", 30, false);
            status(board, ">Closed", 90, true);
            add(
                    "boardType",
                    Map.of("name", "Incident", "category", "Reactive", "board", board.id, "defaultFlag", true));
            add("boardType", Map.of("name", "Request", "category", "Proactive", "board", board.id));
            add("boardSubType", Map.of("name", "Network", "board", board.id));
            add("boardItem", Map.of("name", "Router", "board", board.id));
            add("boardTeam", Map.of("name", name + " Team", "teamLeader", 2, "boardId", board.id));
        }
        String[] colors = {"Red", "Orange", "Yellow", "White"};
        String[] names = {"Critical", "High", "Medium", "Low"};
        for (int i = 0; i < names.length; i++) {
            add(
                    "priority",
                    Map.of(
                            "name",
                            "Priority " + (i + 1) + " - " + names[i],
                            "color",
                            colors[i],
                            "sortOrder",
                            i + 1,
                            "level",
                            names[i],
                            "defaultFlag",
                            i == 2));
        }
    }

    private void status(Row board, String name, int order, boolean closed) {
        add(
                "boardStatus",
                Map.of(
                        "name",
                        name,
                        "board",
                        board.id,
                        "sortOrder",
                        order,
                        "displayOnBoard",
                        true,
                        "closedStatus",
                        closed,
                        "defaultFlag",
                        order == 10,
                        "escalationStatus",
                        closed ? "Resolved" : "NotResponded"));
    }

    private void customFields() {
        customField("company", "Tier", "Text", "List");
        customField("company", "Renewal Date", "Date", "EntryField");
        customField("contact", "crm_contact_id", "Number", "EntryField");
        customField("configuration", "RMM Device ID", "Number", "EntryField");
    }

    private void customField(String table, String caption, String type, String entry) {
        add(
                "userDefinedField",
                Map.of(
                        "podId",
                        1,
                        "caption",
                        caption,
                        "sequenceNumber",
                        1,
                        "screenId",
                        CustomFields.SCREENS.getOrDefault(table, ""),
                        "fieldTypeIdentifier",
                        type,
                        "entryTypeIdentifier",
                        entry,
                        "numberDecimals",
                        0,
                        "displayOnScreenFlag",
                        true));
    }
}
