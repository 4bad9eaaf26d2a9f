package org.psasync.testkit.pulseway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Shows rows in the forms of the API, with the names of what they refer to. */
final class Shapes {
    /** The members of an asset that can be written, with the spelling in which they are read where it differs. */
    static final List<String> ASSET_INPUT =
            words("Name AccountId AccountLocationId ContactId CategoryId BrandId SerialNumber BusinessImpactId StateId"
                    + " LocationInfo Description BarCode AssetTag VendorId IsActive ModelNumber MachineGroupId IpAddress"
                    + " SubnetMask DefaultGateway DnsServers DhcpEnabled DhcpServer WinsEnabled SecondaryWinsServer"
                    + " ConnectionGatewayIp OsType OsInfo MajorVersion MinorVersion MacAddress LoginName LastLoginname"
                    + " CurrentUser ProductName MachineVersion MotherboardManufacturerId MotherboardProductCode"
                    + " MotherboardSerialNumber MotherboardVersion ChassisAssetTag ChassisManufacturerId"
                    + " ChassisSerialNumber ChassisType ChassisVersion BusSpeed ManufacturerId MaxMemorySize"
                    + " MaxMemorySlots PrimaryWinsServer ComputerName PurchaseCost WarrantyExpirationDate ExpirationDate"
                    + " AcquisitionDate FirstCheckIn LastCheckIn LastReboot");

    private static final List<String> ASSET = words(
            "Id Name AccountId AccountName AccountLocationId AccountLocation ContactId ContactFirstName ContactLastName"
                    + " CategoryId Category BrandId Brand SerialNumber BusinessImpactId BusinessImpact StateId State"
                    + " LocationInfo Description BarCode AssetTag VendorId WebRemoteUrl Vendor IsActive ModelNumber"
                    + " MachineGroupId IpAddress SubnetMask DefaultGateway DNSServers DHCPEnabled DHCPServer WinsEnabled"
                    + " SecondaryWinsServer ConnectionGatewayIp OsType OsInfo MajorVersion MinorVersion MacAddress"
                    + " LoginName LastLoginname CurrentUser ProductName MachineVersion MotherboardManufacturerId"
                    + " MotherboardManufacturer MotherboardProductCode MotherboardSerialNumber MotherboardVersion"
                    + " ChassisAssetTag ChassisManufacturerId ChassisManufacturer ChassisSerialNumber ChassisType"
                    + " ChassisVersion BusSpeed ManufacturerId Manufacturer MaxMemorySize MaxMemorySlots"
                    + " PrimaryWinsServer PurchaseCost WarrantyExpirationDate ExpirationDate AcquisitionDate"
                    + " FirstCheckIn LastCheckIn LastReboot CreatedById CreatedBy ModifiedById ModifiedBy CreatedOn"
                    + " ModifiedOn ContactEmailAddress ContactPhoneNumber AgentId DiskVolumes IntegrationTypeId"
                    + " Statuses");

    private static final List<String> TICKET = words(
            "Id CreatedBy CreatedOn ModifiedBy ModifiedOn TicketNumber Title Details AccountId AccountName LocationId"
                    + " LocationName ContactId ContactName HardwareAssetId HardwareAssetName StatusId StatusName"
                    + " StatusOrder PriorityId PriorityName TypeId TypeName SourceId OpenDate DueDate CompletedDate"
                    + " LastActivityUpdate LastStatusUpdate QueueId QueueName IsScheduled");

    private static final Map<String, String> WRITTEN_AS =
            Map.of("DnsServers", "DNSServers", "DhcpEnabled", "DHCPEnabled", "DhcpServer", "DHCPServer");

    private final Tenant tenant;

    Shapes(Tenant tenant) {
        this.tenant = tenant;
    }

    static List<String> words(String text) {
        return List.of(text.split(" ", -1));
    }

    /** The member in which a written one is read. */
    static String readAs(String written) {
        return WRITTEN_AS.getOrDefault(written, written);
    }

    ObjectNode account(ObjectNode row, boolean inList) {
        ObjectNode shown = row.deepCopy();
        shown.put("AccountType", name(tenant.lookups.accountTypes, row, "AccountTypeId"));
        shown.put("BusinessType", name(tenant.lookups.businessTypes, row, "BusinessTypeId"));
        shown.put("TenantName", "Example MSP");
        if (inList && tenant.switches.isOn(Switch.LOCATIONS_NOT_IN_LISTS)) {
            shown.putArray("Locations");
        }
        return shown;
    }

    ObjectNode contact(ObjectNode row) {
        ObjectNode shown = row.deepCopy();
        shown.remove(List.of("MiddleName", "BillByContact"));
        place(shown, row, "LocationId", "LocationName");
        types(shown, "Emails", "EmailTypeId", "EmailType");
        types(shown, "Phones", "PhoneTypeId", "PhoneType");
        return shown;
    }

    /** The form in which a changed contact is answered: some members have other names. */
    ObjectNode changedContact(ObjectNode row) {
        ObjectNode shown = contact(row);
        shown.set("MiddleName", row.path("MiddleName").isMissingNode() ? Wire.nothing() : row.path("MiddleName"));
        shown.set("Poc", shown.remove("IsPoc"));
        shown.set("RecieveInvoices", shown.remove("CanRecieveInvoices"));
        shown.put("BillByContact", row.path("BillByContact").asBoolean());
        shown.remove("IsBillable");
        return shown.put("CreatedByName", "Dana Okafor").put("ModifiedByName", "Dana Okafor");
    }

    /** The form in which a new contact is answered: without stamps. */
    ObjectNode newContact(ObjectNode row) {
        ObjectNode whole = contact(row);
        ObjectNode shown = Wire.object();
        for (String member : words("Id FirstName LastName AccountId AccountName LocationId LocationName")) {
            shown.set(member, whole.path(member));
        }
        shown.set("PhoneNumber", first(whole.path("Phones"), "Phone"));
        shown.set("EmailAddress", first(whole.path("Emails"), "EmailAddress"));
        shown.putArray("CustomFieldsData");
        return shown;
    }

    private static JsonNode first(JsonNode items, String member) {
        return items.isEmpty() ? Wire.nothing() : items.get(0).path(member);
    }

    private void types(ObjectNode contact, String list, String id, String name) {
        for (JsonNode item : contact.path(list)) {
            ((ObjectNode) item).put(name, name(tenant.lookups.contactTypes, item, id));
        }
    }

    private void place(ObjectNode shown, ObjectNode row, String locationMember, String shownAs) {
        ObjectNode account = tenant.accounts.find(row.path("AccountId").asInt());
        ObjectNode location = account == null
                ? null
                : Tenant.location(account, row.path(locationMember).asInt());
        shown.set("AccountName", account == null ? Wire.nothing() : account.path("AccountName"));
        shown.set(shownAs, location == null ? Wire.nothing() : location.path("LocationName"));
    }

    ObjectNode asset(ObjectNode row) {
        ObjectNode shown = Wire.object();
        for (String member : ASSET) {
            JsonNode value = row.path(member);
            shown.set(member, value.isMissingNode() ? Wire.nothing() : value);
        }
        place(shown, row, "AccountLocationId", "AccountLocation");
        ObjectNode contact = tenant.contacts.find(row.path("ContactId").asInt());
        if (contact != null) {
            shown.set("ContactFirstName", contact.path("FirstName"));
            shown.set("ContactLastName", contact.path("LastName"));
        }
        shown.put("Category", name(tenant.lookups.categories, row, "CategoryId"));
        shown.put("Manufacturer", name(tenant.lookups.manufacturers, row, "ManufacturerId"));
        shown.set("CreatedById", row.path("CreatedBy"));
        shown.set("ModifiedById", row.path("ModifiedBy"));
        return shown.put("CreatedBy", "Dana Okafor").put("ModifiedBy", "Dana Okafor");
    }

    ObjectNode assetRow(ObjectNode row) {
        ObjectNode shown = Wire.object();
        shown.set("Id", row.path("Id"));
        shown.put("CategoryName", name(tenant.lookups.categories, row, "CategoryId"));
        shown.put("CategoryId", row.path("CategoryId").asInt());
        place(shown, row, "AccountLocationId", "LocationName");
        shown.set("AssetName", row.path("Name"));
        for (String member : words("SerialNumber MachineGroupId")) {
            shown.set(member, row.path(member));
        }
        shown.set("IPAddress", row.path("IpAddress"));
        ObjectNode contact = tenant.contacts.find(row.path("ContactId").asInt());
        shown.put("ContactId", row.path("ContactId").asInt());
        shown.put("ContactName", contact == null ? null : fullName(contact));
        shown.put("AccountId", row.path("AccountId").asInt());
        shown.put("IsActive", row.path("IsActive").asBoolean());
        return shown;
    }

    ObjectNode ticketRow(ObjectNode row) {
        ObjectNode shown = ticketBase(row);
        return shown.put("TenantName", "Example MSP").put("CustomFields", "{}");
    }

    ObjectNode ticket(ObjectNode row) {
        ObjectNode shown = ticketBase(row);
        shown.put("TenantId", Gate.TENANT_ID).put("HasPostedEntries", false).put("IsReadOnly", false);
        shown.put("OpenDateLocked", false).put("SourceName", "Email");
        for (String member : words("IssueTypeId SubIssueTypeId AssigneeId SLAId")) {
            shown.set(member, row.path(member).isMissingNode() ? Wire.nothing() : row.path(member));
        }
        int issueType = row.path("IssueTypeId").asInt();
        shown.put("IssueTypeName", name(tenant.lookups.issueTypes, row, "IssueTypeId"));
        shown.put("SubIssueTypeName", name(tenant.lookups.subTypes(issueType), row, "SubIssueTypeId"));
        shown.put("SLAName", name(tenant.lookups.slas, row, "SLAId"));
        ObjectNode assignee = tenant.employees.find(row.path("AssigneeId").asInt());
        shown.put("AssigneeName", assignee == null ? null : fullName(assignee));
        if (shown.path("HardwareAssetId").asInt() == 0) {
            shown.putNull("HardwareAssetId");
        }
        shown.putArray("CCs");
        shown.putArray("SecondaryAssignees");
        return shown;
    }

    private ObjectNode ticketBase(ObjectNode row) {
        ObjectNode shown = Wire.object();
        for (String member : TICKET) {
            JsonNode value = row.path(member);
            shown.set(member, value.isMissingNode() ? Wire.nothing() : value);
        }
        place(shown, row, "LocationId", "LocationName");
        ObjectNode asset = tenant.assets.find(row.path("HardwareAssetId").asInt());
        shown.set("HardwareAssetName", asset == null ? Wire.nothing() : asset.path("Name"));
        ObjectNode contact = tenant.contacts.find(row.path("ContactId").asInt());
        shown.put("ContactName", contact == null ? null : fullName(contact));
        shown.put("QueueName", name(tenant.lookups.queues, row, "QueueId"));
        shown.put("StatusName", name(tenant.lookups.statuses, row, "StatusId"));
        shown.put("PriorityName", name(tenant.lookups.priorities, row, "PriorityId"));
        return shown;
    }

    /** First and last name of a contact or an employee. */
    static String fullName(ObjectNode person) {
        return (person.path("FirstName").asText("") + " "
                        + person.path("LastName").asText(""))
                .strip();
    }

    private static @Nullable String name(Map<Integer, String> list, JsonNode row, String member) {
        return Lookups.name(list, row.path(member).asInt());
    }
}
