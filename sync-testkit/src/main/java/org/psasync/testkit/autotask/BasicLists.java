package org.psasync.testkit.autotask;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** The lists that a tenant begins with: types, statuses, queues, countries, resources, user-defined fields. */
final class BasicLists {
    private static final String[][] COUNTRIES = {
        {"235", "GB", "United Kingdom"}, {"237", "US", "United States"}, {"82", "DE", "Germany"}, {"39", "CA", "Canada"}
    };

    private final Tenant tenant;

    BasicLists(Tenant tenant) {
        this.tenant = tenant;
    }

    void fill(String apiUser) {
        picks();
        udfs();
        long type = 14;
        for (String name : List.of("Server", "Workstation", "Network Device", "Printer", "Firewall")) {
            named("ConfigurationItemTypes", type++, name);
        }
        tenant.table("ConfigurationItemTypes")
                .add(19)
                .values
                .put("name", "Fax Machine")
                .put("isActive", false);
        named("ConfigurationItemCategories", 1, "Standard").put("isGlobalDefault", true);
        named("CompanyCategories", 2, "Standard").put("isGlobalDefault", true);
        named("ClassificationIcons", 17, "Managed Client").put("isSystem", false);
        named("ClassificationIcons", 18, "Pay As You Go").put("isSystem", false);
        named("BillingCodes", 29_682_840, "Hardware").put("useType", 4);
        named("BillingCodes", 29_682_841, "Consulting").put("useType", 1);
        for (String[] country : COUNTRIES) {
            named("Countries", Long.parseLong(country[0]), country[2])
                    .put("countryCode", country[1])
                    .put("displayName", country[2]);
        }
        resources(apiUser);
    }

    private ObjectNode named(String path, long id, String name) {
        return tenant.table(path).add(id).values.put("name", name).put("isActive", true);
    }

    private void picks() {
        tenant.lists.put(
                "companyType",
                List.of(
                        Pick.of(1, "Customer"),
                        Pick.of(2, "Lead"),
                        Pick.of(3, "Prospect"),
                        Pick.of(4, "Dead"),
                        Pick.of(6, "Cancelation"),
                        Pick.of(7, "Vendor"),
                        Pick.of(8, "Partner")));
        tenant.lists.put("namePrefix", List.of(Pick.of(1, "Mr."), Pick.of(2, "Ms.")));
        tenant.lists.put(
                "licenseType",
                List.of(
                        Pick.of(1, "Administrator"),
                        Pick.of(3, "Professional"),
                        Pick.of(4, "Team Member"),
                        Pick.of(5, "Time & Attendance"),
                        Pick.of(6, "Dashboard User"),
                        Pick.of(7, "API User"),
                        Pick.of(8, "Contractor"),
                        Pick.of(9, "Co-managed Help Desk")));
        tenant.lists.put(
                "queueID",
                List.of(
                        Pick.of(5, "Client Portal"),
                        Pick.of(8, "Monitoring Alert"),
                        Pick.of(29_683_354, "Level I Support"),
                        new Pick(29_683_379, "Old Queue", false, "")));
        tenant.lists.put(
                "status",
                List.of(
                        Pick.of(1, "New"),
                        Pick.of(8, "In Progress"),
                        Pick.of(7, "Waiting Customer"),
                        Pick.of(5, "Complete")));
        tenant.lists.put(
                "priority",
                List.of(Pick.of(4, "Critical"), Pick.of(1, "High"), Pick.of(2, "Medium"), Pick.of(3, "Low")));
        tenant.lists.put("issueType", List.of(Pick.of(10, "Server"), Pick.of(11, "Network")));
        tenant.lists.put(
                "subIssueType", List.of(new Pick(136, "File Sharing", true, "10"), new Pick(141, "Wi-Fi", true, "11")));
    }

    private void udfs() {
        List<Udf> ofCompanies = tenant.udfs(tenant.table("Companies").entity);
        ofCompanies.add(Udf.of("Client Since", "datetime"));
        ofCompanies.add(Udf.of("CRM ID", "string"));
        ofCompanies.add(new Udf("Onboarding Complete", "string", List.of("Yes", "No"), false));
        tenant.udfs(tenant.table("Contacts").entity).add(Udf.of("Preferred Language", "string"));
        List<Udf> ofItems = tenant.udfs(tenant.table("ConfigurationItems").entity);
        ofItems.add(Udf.of("Rack Units", "double"));
        ofItems.add(new Udf("Admin Note", "string", List.of(), true));
    }

    private void resources(String apiUser) {
        resource(4, "Autotask", "Administrator", "autotask.admin@msp.example", 1, true);
        resource(Tenant.PERSON, "Dana", "Okafor", "dana.okafor@msp.example", 3, true);
        resource(29_682_892, "Tomas", "Fischer", "tomas.fischer@msp.example", 4, true);
        resource(29_682_893, "Paula", "Left", "paula.left@msp.example", 3, false);
        resource(Tenant.API_USER, "Docs", "Sync", apiUser, 7, true);
    }

    private void resource(long id, String first, String last, String email, int licence, boolean active) {
        ObjectNode values =
                tenant.table("Resources").add(id).values.put("firstName", first).put("lastName", last);
        values.put("email", email)
                .put("userName", email)
                .put("licenseType", licence)
                .put("isActive", active);
        values.put("title", "Technician").put("resourceType", "Employee");
    }
}
