package org.psasync.testkit.connectwise;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Fills a tenant with invented companies, sites, contacts, configurations and tickets. */
final class Population {
    /** How much of everything. */
    record Size(int companies, int sitesPerCompany, int contacts, int configurations, int tickets, long seed) {
        static final Size SMALL = new Size(20, 2, 40, 100, 30, 1);

        Size withCompanies(int count) {
            return new Size(count, sitesPerCompany, contacts, configurations, tickets, seed);
        }

        Size withSitesPerCompany(int count) {
            return new Size(companies, count, contacts, configurations, tickets, seed);
        }

        Size withContacts(int count) {
            return new Size(companies, sitesPerCompany, count, configurations, tickets, seed);
        }

        Size withConfigurations(int count) {
            return new Size(companies, sitesPerCompany, contacts, count, tickets, seed);
        }

        Size withTickets(int count) {
            return new Size(companies, sitesPerCompany, contacts, configurations, count, seed);
        }

        Size withSeed(long other) {
            return new Size(companies, sitesPerCompany, contacts, configurations, tickets, other);
        }
    }

    private final Tenant tenant;
    private final Size size;
    private final SplittableRandom random;
    private final Instant now;
    private final SetUp setUp;
    private final Communications communications;
    private final List<Row> companies = new ArrayList<>();
    private final Set<String> identifiers = new HashSet<>();

    Population(Tenant tenant, Size size, String apiMember) {
        this.tenant = tenant;
        this.size = size;
        this.random = new SplittableRandom(size.seed());
        this.now = tenant.now();
        this.setUp = new SetUp(tenant, apiMember);
        this.communications = new Communications(tenant);
    }

    void fill() {
        setUp.fill();
        tenant.table("company").startAfter(100);
        tenant.table("site").startAfter(2000);
        tenant.table("contact").startAfter(5000);
        tenant.table("communication").startAfter(50_000);
        tenant.table("configuration").startAfter(10_000);
        tenant.table("ticket").startAfter(70_000);
        for (int i = 0; i < size.companies(); i++) {
            companies.add(company(i));
        }
        for (int i = 0; i < size.contacts() && !companies.isEmpty(); i++) {
            contact(companies.get(i % companies.size()), i);
        }
        for (int i = 0; i < size.configurations() && !companies.isEmpty(); i++) {
            configuration(companies.get(i % companies.size()), i);
        }
        for (int i = 0; i < size.tickets() && !companies.isEmpty(); i++) {
            ticket(companies.get(i % companies.size()), i);
        }
        tenant.namesChanged();
    }

    private <E> E any(List<E> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    /** A moment in the last 600 days, in whole seconds. */
    private String past() {
        return now.minus(random.nextInt(60, 600 * 24 * 3600), ChronoUnit.SECONDS)
                .truncatedTo(ChronoUnit.SECONDS)
                .toString();
    }

    private Row add(String table, Map<String, ? extends @Nullable Object> values) {
        Row row = setUp.add(table, values);
        row.lastUpdated = past();
        row.dateEntered = row.lastUpdated;
        row.updatedBy = any(Words.MEMBERS);
        row.enteredBy = row.updatedBy;
        return row;
    }

    private Row company(int number) {
        String name = Words.company(number, random);
        String identifier = name.replaceAll("[^A-Za-z0-9]", "");
        String unique = identifier.substring(0, Math.min(24, identifier.length()));
        for (int i = 2; !identifiers.add(unique); i++) {
            unique = identifier.substring(0, Math.min(24, identifier.length())) + i;
        }
        boolean vendor = number % 10 == 7;
        Row row = add(
                "company",
                Map.of(
                        "identifier",
                        unique,
                        "name",
                        name,
                        "status",
                        number % 12 == 5 ? 2 : number % 12 == 9 ? 3 : 1,
                        "phoneNumber",
                        phone(),
                        "website",
                        "www." + unique.toLowerCase(Locale.ROOT) + ".example",
                        "accountNumber",
                        number % 3 == 0 ? "" : "A-" + (1000 + number),
                        "dateAcquired",
                        past(),
                        "deletedFlag",
                        false,
                        "isVendorFlag",
                        vendor,
                        "numberOfEmployees",
                        random.nextInt(3, 400)));
        row.set(tenant.table("company").field("currency"), 1);
        row.set(tenant.table("company").field("territory"), 1);
        type("company", row, vendor ? 3 : number % 10 == 3 ? 2 : number % 10 == 8 ? 4 : 1);
        if (number % 4 == 1) {
            type("company", row, 6);
        }
        for (int i = 0; i < size.sitesPerCompany(); i++) {
            site(row, i);
        }
        return row;
    }

    private void type(String owner, Row row, int type) {
        add(owner + "TypeAssociation", Map.of("type", type, owner, row.id));
    }

    private void site(Row company, int number) {
        Words.Town town = any(Words.TOWNS);
        Row site = add(
                "site",
                Map.of(
                        "company",
                        company.id,
                        "name",
                        number == 0 ? "Main" : Words.SITES.get((number - 1) % Words.SITES.size()),
                        "addressLine1",
                        random.nextInt(1, 200) + " " + any(Words.STREETS),
                        "city",
                        town.name(),
                        "stateReference",
                        town.state(),
                        "zip",
                        String.format(Locale.ROOT, "%05d", random.nextInt(10_000, 99_999)),
                        "country",
                        1,
                        "phoneNumber",
                        phone(),
                        "primaryAddressFlag",
                        number == 0,
                        "addressFormat",
                        "{Address1}\n{Address2}\n{City}, {State} {Zip}\n{Country}"));
        if (number == 0) {
            Table sites = tenant.table("site");
            Table owners = tenant.table("company");
            company.set(owners.field("site"), site.id);
            for (String name : CompanyRules.ADDRESS) {
                company.set(owners.field(name), site.get(sites.field(name)));
            }
            company.set(
                    owners.field("state"), Words.STATES.get(town.state() - 1).get(0));
        }
    }

    private String phone() {
        return "555" + random.nextInt(1_000_000, 9_999_999);
    }

    private void contact(Row company, int number) {
        String first = any(Words.FIRST_NAMES);
        String last = any(Words.LAST_NAMES);
        Table companies = tenant.table("company");
        boolean firstOfCompany = number < this.companies.size();
        Row contact = add(
                "contact",
                Map.of(
                        "firstName",
                        first,
                        "company",
                        company.id,
                        "title",
                        any(Words.TITLES),
                        "inactiveFlag",
                        number % 17 == 11,
                        "portalSecurityLevel",
                        1,
                        "disablePortalLoginFlag",
                        true,
                        "relationshipOverride",
                        "",
                        "defaultFlag",
                        firstOfCompany));
        Table contacts = tenant.table("contact");
        contact.set(contacts.field("site"), company.get(companies.field("site")));
        if (number % 13 != 12) {
            contact.set(contacts.field("lastName"), last);
        }
        if (firstOfCompany) {
            company.set(companies.field("defaultContact"), contact.id);
        }
        if (number % 5 == 0) {
            type("contact", contact, 1 + number % 2);
        }
        String domain = company.text(companies.field("website")).replaceFirst("^www\\.", "@");
        if (number % 9 != 8) {
            item(contact, 2, phone(), true);
            item(contact, 1, (first + "." + last + number).toLowerCase(Locale.ROOT) + domain, true);
        }
        if (number % 4 == 0) {
            item(contact, 4, phone(), false);
        }
        communications.mirrorPhone(contact);
    }

    private void item(Row contact, int type, String value, boolean isDefault) {
        Row row = add(
                "communication",
                Map.of("contactId", contact.id, "type", type, "value", value, "defaultFlag", isDefault));
        Table table = tenant.table("communication");
        row.set(table.field("communicationType"), type == 1 ? "Email" : "Phone");
        if (type == 1) {
            row.set(table.field("domain"), value.substring(value.indexOf('@')));
        }
    }

    private void configuration(Row company, int number) {
        Table table = tenant.table("configuration");
        int type = 1 + number % 6;
        Row row = add(
                "configuration",
                Map.of(
                        "name",
                        Words.DEVICES.get(type - 1) + "-" + String.format(Locale.ROOT, "%05d", number),
                        "type",
                        type,
                        "status",
                        number % 20 == 19 ? 2 : 1,
                        "company",
                        company.id,
                        "serialNumber",
                        number % 8 == 7 ? "" : "SN" + (700_000 + number),
                        "tagNumber",
                        "T" + number,
                        "modelNumber",
                        any(Words.MODELS),
                        "manufacturer",
                        random.nextInt(1, Words.MANUFACTURERS.size() + 1),
                        "activeFlag",
                        number % 20 != 19,
                        "billFlag",
                        true));
        row.set(table.field("site"), company.get(tenant.table("company").field("site")));
        for (String pointer : List.of("location", "locationId", "department", "businessUnitId", "companyLocationId")) {
            row.set(table.field(pointer), 1);
        }
        if (type != 5) {
            row.set(table.field("macAddress"), mac(number));
            row.set(table.field("ipAddress"), "192.0.2." + (1 + number % 250));
            row.set(table.field("defaultGateway"), "192.0.2.254");
            row.set(table.field("osType"), any(Words.SYSTEMS));
        }
        if (number % 3 == 0) {
            row.set(table.field("purchaseDate"), past().substring(0, 10) + "T00:00:00Z");
            row.set(table.field("warrantyExpirationDate"), now.toString().substring(0, 4) + "-12-31T00:00:00Z");
        }
        if (type == 4) {
            Answer answer =
                    new Answer(tenant.nextAnswerId(), JsonNodeFactory.instance.textNode("SC-" + (1000 + number)));
            row.set(table.field("questions"), Map.of(SetUp.REQUIRED_QUESTION, answer));
        }
    }

    private static String mac(int number) {
        return String.format(
                Locale.ROOT, "02-00-5E-%02X-%02X-%02X", number >> 16 & 0xff, number >> 8 & 0xff, number & 0xff);
    }

    private void ticket(Row company, int number) {
        int board = 1 + number % 2;
        boolean closed = number % 4 == 3;
        Table table = tenant.table("ticket");
        Row row = add(
                "ticket",
                Map.of(
                        "summary",
                        any(Words.PROBLEMS),
                        "recordType",
                        "ServiceTicket",
                        "board",
                        board,
                        "status",
                        (board - 1) * 4 + (closed ? 4 : 1 + number % 3),
                        "company",
                        company.id,
                        "priority",
                        1 + number % 4,
                        "source",
                        1,
                        "severity",
                        "Medium",
                        "impact",
                        "Medium",
                        "closedFlag",
                        closed));
        row.set(table.field("site"), company.get(tenant.table("company").field("site")));
        Object contact = company.get(tenant.table("company").field("defaultContact"));
        if (contact instanceof Integer id) {
            row.set(table.field("contact"), id);
            Row person = tenant.find("contact", id);
            row.set(
                    table.field("contactName"),
                    person == null
                            ? null
                            : Renderer.alias(
                                    person,
                                    tenant.table("contact")
                                            .shape
                                            .shownInReferences()
                                            .get(0)));
        }
        if (closed) {
            row.set(table.field("closedDate"), row.lastUpdated);
            row.set(table.field("closedBy"), row.updatedBy);
        }
        if (size.configurations() > 0 && number % 2 == 0) {
            List<Row> configurations = tenant.table("configuration").rows();
            Row configuration = configurations.get(number % configurations.size());
            add("ticketConfiguration", Map.of("ticket", row.id, "configuration", configuration.id));
        }
    }
}
