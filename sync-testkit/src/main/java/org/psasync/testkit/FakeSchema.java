package org.psasync.testkit;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Set;
import java.util.zip.CRC32;
import org.psasync.model.AssetKind;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.Field;
import org.psasync.model.FieldValues;
import org.psasync.model.MacAddress;
import org.psasync.spi.FieldRule;
import org.psasync.spi.KindDescriptor;
import org.psasync.spi.RemoteRecord;
import org.psasync.spi.RemoteVersion;

/**
 * How a kind looks through the connector.
 *
 * @param mapped the fields that the connector shows
 * @param row the fields of a list row, where rows and details are read
 * @param unique fields whose value only one record may have
 * @param stamps whether records tell when they changed
 * @param answersWithRecord whether a write is answered with the record
 * @param marks whether records keep a mark by which a create without answer is found
 */
record FakeSchema(
        KindDescriptor descriptor,
        Set<Field<?>> mapped,
        Set<Field<?>> row,
        Set<Field<?>> unique,
        boolean stamps,
        boolean answersWithRecord,
        boolean marks) {

    boolean readsRows() {
        return descriptor.reading() == KindDescriptor.Reading.ROWS_AND_DETAILS;
    }

    /** Returns the values of a new record as the PSA stores them: every mapped field, blank where nothing was given. */
    FieldValues filled(FieldValues given) {
        FieldValues.Builder filled = given.toBuilder();
        for (FieldRule rule : descriptor.fields()) {
            if (!given.has(rule.field())) {
                filled.set(rule.field(), null);
            }
        }
        return filled.build();
    }

    /** Shows a whole record: every mapped field. */
    RemoteRecord show(FakeRow row) {
        FieldValues stored = row.values();
        boolean allMapped = stored.fields().size() == mapped.size();
        return record(row, allMapped ? stored : stored.only(mapped::contains));
    }

    /** Shows a record as a list does. */
    RemoteRecord showInList(FakeRow row) {
        RemoteRecord whole = show(row);
        return readsRows() ? record(row, whole.values().only(this.row::contains)) : whole;
    }

    private RemoteRecord record(FakeRow row, FieldValues shown) {
        Instant created = descriptor.tellsCreation() ? row.created() : null;
        String mac = descriptor.kind() == AssetKind.CONFIGURATION ? shown.get(ConfigurationFields.MAC_ADDRESS) : null;
        if (mac == null || MacAddress.isOne(mac)) {
            return new RemoteRecord(row.id(), version(row), shown, row.deleted(), created, null);
        }
        FieldValues withoutMac = shown.without(ConfigurationFields.MAC_ADDRESS);
        String note = "\"" + mac + "\" is not one MAC address and was left out";
        return new RemoteRecord(row.id(), version(row), withoutMac, row.deleted(), created, note);
    }

    private RemoteVersion version(FakeRow row) {
        if (stamps) {
            return RemoteVersion.changedAt(row.changed()).by(row.changedBy());
        }
        return readsRows() ? new RemoteVersion(checksum(row), null) : RemoteVersion.UNKNOWN;
    }

    /** The list row is the change mark: its checksum is the same in a list and in the details. */
    private String checksum(FakeRow whole) {
        CRC32 sum = new CRC32();
        sum.update(whole.values().only(row::contains).toString().getBytes(StandardCharsets.UTF_8));
        return Long.toHexString(sum.getValue());
    }
}
