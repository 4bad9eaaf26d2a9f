package org.psasync.pulseway;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.psasync.http.FieldWriting;
import org.psasync.http.JsonChange;
import org.psasync.http.JsonValue;
import org.psasync.model.Problem;
import org.psasync.spi.ConnectorException;

/**
 * The body that replaces an asset. The PSA takes assets as wholes only, and what it does with a member that is left out is
 * not documented: so all that was just read goes back with the changes laid over it (FIELD-5). What can be written but is
 * never shown, the name of the computer, cannot be sent back. Source: BMS API 2.0, HardwareAssetInputDto, 2026-10.
 */
final class WholeAsset {
    private static final String[] MEMBERS =
            ("Name AccountId AccountLocationId ContactId CategoryId BrandId SerialNumber"
                            + " BusinessImpactId StateId LocationInfo Description BarCode AssetTag VendorId IsActive ModelNumber"
                            + " MachineGroupId IpAddress SubnetMask DefaultGateway DnsServers DhcpEnabled DhcpServer WinsEnabled"
                            + " SecondaryWinsServer ConnectionGatewayIp OsType OsInfo MajorVersion MinorVersion MacAddress"
                            + " LoginName LastLoginname CurrentUser ProductName MachineVersion MotherboardManufacturerId"
                            + " MotherboardProductCode MotherboardSerialNumber MotherboardVersion ChassisAssetTag"
                            + " ChassisManufacturerId ChassisSerialNumber ChassisType ChassisVersion BusSpeed ManufacturerId"
                            + " MaxMemorySize MaxMemorySlots PrimaryWinsServer PurchaseCost WarrantyExpirationDate ExpirationDate"
                            + " AcquisitionDate FirstCheckIn LastCheckIn LastReboot")
                    .split(" ", -1);

    private static final List<String> REQUIRED = List.of("Name", "AccountId", "AccountLocationId", "CategoryId");

    private WholeAsset() {}

    /**
     * Puts the body together.
     *
     * @param read the asset as just read; its members are found whatever their case
     * @throws ConnectorException.Rejected when it lacks what the PSA needs of each; nothing was sent
     */
    static JsonValue of(JsonValue read, FieldWriting writing) {
        Map<String, JsonValue> body = new LinkedHashMap<>();
        for (String member : MEMBERS) {
            JsonValue value = read.ignoringCase().at(member);
            if (!value.isMissing()) {
                body.put(member, value);
            }
        }
        for (JsonChange change : writing.changes()) {
            body.put(change.path(), change.value());
        }
        for (String required : REQUIRED) {
            JsonValue value = body.getOrDefault(required, JsonValue.missing());
            if (value.isBlank()) {
                throw new ConnectorException.Rejected(List.of(Problem.ofRecord(
                        Problem.Code.REQUIRED,
                        "The asset is taken as a whole only, and has no " + required
                                + "; give it one first (PSA-PW-5).")));
            }
        }
        return JsonValue.of(body);
    }
}
