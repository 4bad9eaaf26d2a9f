package org.psasync.testkit.autotask;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/** Fills a tenant with its lists, and with invented companies, locations, contacts, configuration items and tickets. */
final class Population {
    /** How much of everything. */
    record Size(
            int companies,
            int locationsPerCompany,
            int contacts,
            int configurations,
            int products,
            int tickets,
            long seed) {}

    private static final List<String> ITEM_TITLES = List.of("SRV", "WS", "PRN", "FW");

    /** Server, workstation, printer and firewall, as the titles say. */
    private static final List<Integer> ITEM_TYPES = List.of(14, 15, 17, 18);

    private final Tenant tenant;
    private final Size size;
    private final SplittableRandom random;
    private final List<Row> companies = new ArrayList<>();
    private final List<List<Row>> locations = new ArrayList<>();
    private final List<Row> products = new ArrayList<>();

    Population(Tenant tenant, Size size) {
        this.tenant = tenant;
        this.size = size;
        this.random = new SplittableRandom(size.seed());
    }

    void fill(String apiUser) {
        new BasicLists(tenant).fill(apiUser);
        ownCompany();
        for (int i = 0; i < size.companies(); i++) {
            companies.add(company(i));
        }
        for (int i = 0; i < size.contacts() && !companies.isEmpty(); i++) {
            contact(i);
        }
        for (int i = 0; i < size.products(); i++) {
            products.add(product(i));
        }
        for (int i = 0; i < size.configurations() && !companies.isEmpty() && !products.isEmpty(); i++) {
            configuration(i);
        }
        for (int i = 0; i < size.tickets() && !companies.isEmpty(); i++) {
            ticket(i);
        }
    }

    /** A moment in the last 500 days. */
    private String past() {
        return Stamps.of(tenant.now().minus(random.nextInt(172_800, 500 * 24 * 3600), ChronoUnit.SECONDS));
    }

    private ObjectNode stamped(Row row, Entity entity) {
        String at = past();
        for (String sort : List.of("created", "changed", "activity")) {
            String member = entity.stamp(sort);
            if (member != null) {
                row.values.put(member, at);
            }
        }
        return row.values;
    }

    /** The company with the id 0 is the provider itself. */
    private void ownCompany() {
        Table table = tenant.table("Companies");
        Row row = table.add(0);
        ObjectNode values = stamped(row, table.entity).put("companyName", "Kingfisher IT");
        values.put("companyType", 1).put("phone", "(503) 555-0100").put("ownerResourceID", Tenant.PERSON);
        values.put("isActive", true).put("companyCategoryID", 2).put("countryID", 237);
    }

    private Row company(int number) {
        Table table = tenant.table("Companies");
        Row row = table.add();
        ObjectNode values = stamped(row, table.entity);
        String name = Names.at(Names.PLACES, number) + " " + Names.at(Names.TRADES, number / Names.PLACES.size());
        int round = number / (Names.PLACES.size() * Names.TRADES.size());
        values.put("companyName", round == 0 ? name : name + " " + (round + 1));
        values.put("companyNumber", "CO" + (1000 + number))
                .put("companyType", number % 10 == 7 ? 3 : number % 10 == 4 ? 7 : 1);
        if (number % 3 == 0) {
            values.put("classification", 17);
        }
        values.put("phone", phone())
                .put("fax", "")
                .put("ownerResourceID", Tenant.PERSON)
                .put("countryID", 237);
        values.put("isActive", number % 9 != 8)
                .put("companyCategoryID", 2)
                .put("taxID", "")
                .put("assetValue", 1200.5);
        if (number % 6 == 5) {
            values.put("parentCompanyID", companies.get(number - 1).id);
        }
        List<Row> places = new ArrayList<>();
        for (int i = 0; i < Math.max(1, size.locationsPerCompany()); i++) {
            places.add(location(row, number, i));
        }
        locations.add(places);
        return row;
    }

    private Row location(Row company, int number, int place) {
        Row row = tenant.table("CompanyLocations").add();
        List<String> town = Names.at(Names.TOWNS, number + place);
        ObjectNode values = row.values.put("companyID", company.id);
        values.put("name", place == 0 ? company.text("companyName") : "Branch " + place);
        values.put("address1", (10 + random.nextInt(90)) + " " + Names.at(Names.STREETS, number))
                .put("address2", "");
        values.put("city", town.get(0))
                .put("state", town.get(1))
                .put("postalCode", town.get(2))
                .put("countryID", 237);
        values.put("phone", phone()).put("fax", "").put("isActive", true).put("isPrimary", place == 0);
        values.put("roundtripDistance", 0).put("isTaxExempt", false).put("overrideCompanyTaxSettings", false);
        return row;
    }

    private String phone() {
        return "(503) 555-01" + (10 + random.nextInt(90));
    }

    private void contact(int number) {
        Table table = tenant.table("Contacts");
        Row row = table.add();
        ObjectNode values = stamped(row, table.entity);
        int company = number % companies.size();
        String first = Names.at(Names.FIRST, number);
        String last = Names.at(Names.LAST, number / Names.FIRST.size());
        int round = number / (Names.FIRST.size() * Names.LAST.size());
        values.put("companyID", companies.get(company).id).put("firstName", first);
        values.put("lastName", round == 0 ? last : last + " " + (round + 1)).put("isActive", number % 11 == 10 ? 0 : 1);
        values.put("companyLocationID", Names.at(locations.get(company), number).id);
        String address =
                (first.charAt(0) + last + number).replaceAll("[^A-Za-z0-9]", "").toLowerCase(Locale.ROOT);
        values.put("emailAddress", address + "@client.example").put("title", Names.at(Names.TITLES, number));
        values.put("phone", phone()).put("extension", number % 3 == 0 ? "10" + number % 10 : "");
        values.put("mobilePhone", number % 2 == 0 ? phone() : "")
                .put("alternatePhone", "")
                .put("faxNumber", "");
        row.udfs.put("Preferred Language", "ENU");
    }

    private Row product(int number) {
        Table table = tenant.table("Products");
        Row row = table.add();
        String maker = Names.at(Names.MAKERS, number);
        String model = (char) ('A' + number % 23) + "-" + (100 + number);
        ObjectNode values = stamped(row, table.entity).put("name", maker + " " + model);
        if (number % 20 != 19) {
            values.put("manufacturerName", maker).put("manufacturerProductName", model);
        }
        values.put("isActive", true).put("isSerialized", true).put("productBillingCodeID", 29_682_840);
        return row;
    }

    private void configuration(int number) {
        Table table = tenant.table("ConfigurationItems");
        Row row = table.add();
        ObjectNode values = stamped(row, table.entity);
        int company = number % companies.size();
        values.put("companyID", companies.get(company).id).put("productID", Names.at(products, number).id);
        values.put("configurationItemCategoryID", 1).put("isActive", number % 13 != 12);
        if (number % 15 != 14) {
            values.put("configurationItemType", Names.at(ITEM_TYPES, number));
        }
        if (number % 8 == 7) {
            values.put("referenceTitle", "");
        } else {
            values.put("referenceTitle", Names.at(ITEM_TITLES, number) + "-" + (100 + number));
        }
        values.put("serialNumber", "SN-" + (100_000 + number)).put("referenceNumber", "AT-" + number);
        values.put("companyLocationID", Names.at(locations.get(company), number).id)
                .put("notes", "Device " + number);
        values.put("installDate", "2025-01-31T00:00:00.000Z").put("warrantyExpirationDate", "2028-01-31T00:00:00.000Z");
        values.put("installedByID", Tenant.PERSON).put("dailyCost", 0);
    }

    private void ticket(int number) {
        Table table = tenant.table("Tickets");
        Row row = table.add();
        String at = Stamps.of(tenant.now().minus(random.nextInt(172_800, 60 * 24 * 3600), ChronoUnit.SECONDS));
        ObjectNode values = row.values.put("title", Names.at(Names.PROBLEMS, number));
        values.put("createDate", at).put("lastActivityDate", at).put("lastTrackedModificationDateTime", at);
        values.put("ticketNumber", "T20261101." + String.format(Locale.ROOT, "%04d", number));
        values.put("companyID", Names.at(companies, number).id).put("queueID", number % 3 == 2 ? 8 : 29_683_354);
        values.put("status", number % 2 == 0 ? 1 : 8)
                .put("priority", 1 + number % 3)
                .put("description", "Please help.");
        long item = 20_400L + number % Math.max(1, size.configurations());
        if (number % 2 == 0 && tenant.table("ConfigurationItems").find(item) != null) {
            values.put("configurationItemID", item);
        }
    }
}
