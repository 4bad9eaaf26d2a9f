package org.psasync.pulseway;

import static org.psasync.http.FieldMapping.map;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.psasync.http.FieldMap;
import org.psasync.http.JsonForms;
import org.psasync.http.JsonValue;
import org.psasync.model.AssetKind;
import org.psasync.model.LocationFields;
import org.psasync.spi.RemoteRecord;

/**
 * A location with the members of its main address, and its account, beside its own: as the field map has it. The PSA keeps
 * a list of addresses in it, and does not name the account. Source: BMS API 2.0, AccountLocationOutputDto, 2026-10.
 */
final class FlatLocation {
    static final FieldMap MAP = FieldMap.of(
            AssetKind.LOCATION,
            map(LocationFields.ORGANIZATION, "AccountId", Forms.reference(AssetKind.ORGANIZATION))
                    .requiredOnCreate(),
            map(LocationFields.NAME, "LocationName", JsonForms.text()).requiredOnCreate(),
            map(LocationFields.ADDRESS_1, "Address1", JsonForms.text()),
            map(LocationFields.ADDRESS_2, "Address2", JsonForms.text()),
            map(LocationFields.CITY, "City", JsonForms.text()),
            map(LocationFields.REGION, "State", JsonForms.text()),
            map(LocationFields.POSTAL_CODE, "ZipCode", JsonForms.text()),
            map(LocationFields.COUNTRY, "Country", JsonForms.text()),
            map(LocationFields.PHONE, "Phone", JsonForms.text()),
            map(LocationFields.FAX, "Fax", JsonForms.text()),
            map(LocationFields.ACTIVE, "IsActive", JsonForms.flag()).pullOnly());

    private static final List<String> OWN = List.of("Id", "LocationName", "IsActive", "CreatedOn", "ModifiedOn");
    private static final List<String> OF_ADDRESS =
            List.of("Address1", "Address2", "City", "State", "ZipCode", "Country", "Phone", "Fax");

    private FlatLocation() {}

    /** Takes a location of an account as the field map has it. */
    static JsonValue of(long account, JsonValue location) {
        Map<String, JsonValue> flat = new LinkedHashMap<>();
        flat.put("AccountId", JsonValue.of(account));
        OWN.forEach(member -> flat.put(member, location.at(member)));
        JsonValue address = mainAddress(location);
        OF_ADDRESS.forEach(member -> flat.put(member, address.at(member)));
        flat.entrySet().removeIf(member -> member.getValue().isMissing());
        return JsonValue.of(flat);
    }

    private static JsonValue mainAddress(JsonValue location) {
        List<JsonValue> addresses = location.elements("Addresses");
        for (JsonValue address : addresses) {
            if (Boolean.TRUE.equals(address.flag("IsMain"))) {
                return address;
            }
        }
        return addresses.isEmpty() ? JsonValue.object() : addresses.get(0);
    }

    static RemoteRecord read(RecordKind kind, long account, JsonValue location) {
        JsonValue flat = of(account, location);
        return kind.of(
                new Ids.Location(account, RecordKind.number(flat)).remote(),
                flat,
                kind.map().read(flat));
    }

    /**
     * Puts a body together.
     *
     * @param flat members to write, as the field map has them
     * @param before the location as it was read, of which all else is kept; null for a new one
     */
    static JsonValue nested(JsonValue flat, @Nullable JsonValue before) {
        JsonValue address =
                before == null ? JsonValue.object().with("IsMain", true).with("IsBilling", true) : mainAddress(before);
        for (String member : OF_ADDRESS) {
            JsonValue value = flat.at(member);
            address = value.isMissing() ? address : address.with(member, value);
            if (member.equals("Country") && !value.isMissing() && before != null) {
                address = address.with("CountryId", null);
            }
        }
        JsonValue body =
                before == null ? JsonValue.object().with("IsMain", true).with("IsActive", true) : before;
        JsonValue name = flat.at("LocationName");
        body = name.isMissing() ? body : body.with("LocationName", name);
        return body.with("Addresses", addresses(before, address));
    }

    private static List<JsonValue> addresses(@Nullable JsonValue before, JsonValue main) {
        if (before == null || before.elements("Addresses").isEmpty()) {
            return List.of(main);
        }
        JsonValue former = mainAddress(before);
        return before.elements("Addresses").stream()
                .map(address -> address.equals(former) ? main : address)
                .toList();
    }
}
