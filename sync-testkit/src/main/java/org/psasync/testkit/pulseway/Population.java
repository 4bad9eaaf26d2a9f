package org.psasync.testkit.pulseway;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/** Fills a tenant with invented accounts, locations, contacts, assets and tickets. */
final class Population {
    /** How much of everything. */
    record Size(int accounts, int locationsPerAccount, int contacts, int assets, int tickets, long seed) {}

    private final Tenant tenant;
    private final Size size;
    private final SplittableRandom random;
    private final List<ObjectNode> accounts = new ArrayList<>();

    Population(Tenant tenant, Size size) {
        this.tenant = tenant;
        this.size = size;
        this.random = new SplittableRandom(size.seed());
    }

    void fill() {
        employee("Sync", "Service", "sync@msp.example", true);
        employee("Dana", "Okafor", "dana.okafor@msp.example", true);
        employee("Tomas", "Fischer", "tomas.fischer@msp.example", true);
        employee("Paula", "Left", "paula.left@msp.example", false);
        for (int i = 0; i < size.accounts(); i++) {
            accounts.add(account(i));
        }
        for (int i = 0; i < size.contacts() && !accounts.isEmpty(); i++) {
            contact(Names.at(accounts, i), i);
        }
        for (int i = 0; i < size.assets() && !accounts.isEmpty(); i++) {
            asset(Names.at(accounts, i), i);
        }
        for (int i = 0; i < size.tickets() && !accounts.isEmpty(); i++) {
            ticket(Names.at(accounts, i), i);
        }
    }

    /** A moment in the last 500 days. */
    private String past() {
        Instant at = tenant.now().minus(random.nextInt(172_800, 500 * 24 * 3600), ChronoUnit.SECONDS);
        return tenant.stamp(at);
    }

    private ObjectNode stamped(ObjectNode row) {
        String at = past();
        row.put("CreatedBy", Tenant.PERSON).put("CreatedOn", at);
        return row.put("ModifiedBy", Tenant.PERSON).put("ModifiedOn", at);
    }

    private void employee(String first, String last, String email, boolean active) {
        tenant.employees.add(Wire.object()
                .put("FirstName", first)
                .put("LastName", last)
                .put("EmailAddress", email)
                .put("Username", email.replaceAll("@.*", ""))
                .put("JobTitle", "Technician")
                .put("IsActive", active));
    }

    private ObjectNode account(int number) {
        ObjectNode row = AccountApi.blank();
        String name = Names.at(Names.PLACES, number) + " " + Names.at(Names.TRADES, number / Names.PLACES.size());
        int round = number / (Names.PLACES.size() * Names.TRADES.size());
        row.put("AccountName", round == 0 ? name : name + " " + (round + 1));
        row.put("AccountCode", "AC" + (1000 + number));
        row.put("AccountTypeId", number % 10 == 7 ? 33 : number % 10 == 4 ? 32 : 31);
        row.put("BusinessTypeId", number % 3 == 0 ? 42 : 41).put("AccountManagerId", Tenant.PERSON);
        row.put("IsActive", number % 9 != 8);
        if (number % 6 == 5) {
            row.put("ParentId", accounts.get(number - 1).path("Id").asInt());
        }
        ArrayNode locations = row.putArray("Locations");
        for (int i = 0; i < size.locationsPerAccount(); i++) {
            locations.add(location(number, i));
        }
        return tenant.accounts.add(stamped(row));
    }

    private ObjectNode location(int account, int number) {
        ObjectNode row = stamped(Wire.object().put("Id", tenant.nextPart()));
        row.put("LocationName", number == 0 ? "Main Office" : "Branch " + number);
        row.put("IsMain", number == 0).put("IsActive", true);
        row.putNull("TimeZoneId").putNull("DateFormatId").putNull("TimeFormatId");
        ObjectNode address = stamped(row.putArray("Addresses").addObject().put("Id", tenant.nextPart()));
        List<String> town = Names.at(Names.TOWNS, account + number);
        address.put("Address1", (10 + random.nextInt(90)) + " " + Names.at(Names.STREETS, account));
        address.putNull("Address2").put("City", town.get(0)).put("State", town.get(1));
        address.put("ZipCode", town.get(2)).put("CountryId", 1).put("Country", "United States");
        address.put("Phone", phone()).putNull("Fax").putNull("Latitude").putNull("Longitude");
        address.putNull("EmailAddress").put("IsMain", true).put("IsBilling", number == 0);
        address.putNull("AddressTypeId").putNull("AddressType");
        return row;
    }

    private String phone() {
        return "+1 555 01" + (10 + random.nextInt(90));
    }

    private int anyLocation(ObjectNode account) {
        int count = account.path("Locations").size();
        return count == 0
                ? 0
                : account.path("Locations")
                        .get(random.nextInt(count))
                        .path("Id")
                        .asInt();
    }

    private void contact(ObjectNode account, int number) {
        ObjectNode row = ContactApi.blank();
        String first = Names.at(Names.FIRST, number);
        String last = Names.at(Names.LAST, number / Names.FIRST.size());
        int round = number / (Names.FIRST.size() * Names.LAST.size());
        row.put("FirstName", first).put("LastName", round == 0 ? last : last + " " + (round + 1));
        row.put("AccountId", account.path("Id").asInt());
        if (anyLocation(account) != 0) {
            row.put("LocationId", anyLocation(account));
        }
        String title = Names.at(Names.TITLES, number);
        if (!title.isEmpty()) {
            row.put("JobTitle", title);
        }
        row.put("IsPoc", number % 4 == 0).put("IsActive", number % 11 != 10);
        String address =
                (first.charAt(0) + last + number).replaceAll("[^A-Za-z0-9]", "").toLowerCase(Locale.ROOT);
        stamped(row.withArray("/Emails").addObject().put("Id", tenant.nextPart()))
                .put("EmailAddress", address + "@client.example")
                .put("EmailTypeId", 1)
                .put("IsDefault", true);
        stamped(row.withArray("/Phones").addObject().put("Id", tenant.nextPart()))
                .put("Phone", phone())
                .put("PhoneTypeId", 1)
                .put("IsDefault", true);
        tenant.contacts.add(stamped(row));
    }

    private void asset(ObjectNode account, int number) {
        ObjectNode row = AssetApi.blank();
        row.put("Name", Names.at(List.of("SRV", "WS", "PRN", "FW"), number) + "-" + (100 + number));
        row.put("AccountId", account.path("Id").asInt());
        if (anyLocation(account) != 0) {
            row.put("AccountLocationId", anyLocation(account));
        }
        row.put("CategoryId", 61 + number % 4).put("IsActive", number % 13 != 12);
        row.put("SerialNumber", "SN-" + (100_000 + number)).put("AssetTag", "AT-" + number);
        row.put("MachineGroupId", "msp.main").put("IpAddress", "10.0." + number / 250 % 250 + "." + (1 + number % 250));
        row.put("DefaultGateway", "10.0.0.1").put("SubnetMask", "255.255.0.0").put("DNSServers", "10.0.0.10");
        row.put(
                "MacAddress",
                String.format(
                        Locale.ROOT, "00:00:5E:%02X:%02X:%02X", number >> 16 & 255, number >> 8 & 255, number & 255));
        row.put("OsType", "Windows").put("OsInfo", Names.at(Names.SYSTEMS, number));
        row.put("ModelNumber", Names.at(Names.MODELS, number)).put("ManufacturerId", 71 + number % 3);
        row.put("LocationInfo", "Rack " + (1 + number % 5)).put("Description", "Device number " + number);
        row.put("AcquisitionDate", "2025-01-31T00:00:00Z").put("WarrantyExpirationDate", "2028-01-31T00:00:00Z");
        row.put("PurchaseCost", 900.5).put("BarCode", "B" + number).put("MajorVersion", "10");
        ObjectNode disk =
                row.withArray("/DiskVolumes").addObject().put("Drive", "C:").put("Type", "Fixed");
        disk.put("Format", "NTFS").put("FreeMBytes", 120_000).put("UsedMBytes", 80_000);
        disk.put("TotalMBytes", 200_000).put("Label", "System");
        tenant.assets.add(stamped(row));
    }

    private void ticket(ObjectNode account, int number) {
        Instant at = tenant.now().minus(random.nextInt(172_800, 60 * 24 * 3600), ChronoUnit.SECONDS);
        String stamp = tenant.stamp(at);
        ObjectNode row = Wire.object().put("TicketNumber", (1000 + number) + "-2026");
        row.put("Title", Names.at(Names.PROBLEMS, number)).put("Details", "<p>Please help.</p>");
        row.put("AccountId", account.path("Id").asInt()).put("QueueId", 401 + number % 3);
        if (anyLocation(account) != 0) {
            row.put("LocationId", anyLocation(account));
        }
        row.put("StatusId", 501 + number % 3).put("StatusOrder", 1 + number % 3).put("PriorityId", 520 + number % 3);
        row.put("TypeId", 8).put("TypeName", "Incident").put("SourceId", 4).put("IsScheduled", 0);
        row.put("HardwareAssetId", size.assets() > number ? 9901 + number : 0);
        row.put("CreatedBy", Tenant.PERSON).put("CreatedOn", stamp).put("OpenDate", stamp);
        row.put("ModifiedBy", Tenant.PERSON).put("ModifiedOn", stamp).put("LastActivityUpdate", stamp);
        tenant.tickets.add(row);
    }
}
