package org.psasync.examples.tidydesk;

import static org.psasync.http.FieldMapping.map;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.psasync.http.FieldMap;
import org.psasync.http.FieldReading;
import org.psasync.http.JsonForms;
import org.psasync.http.JsonMismatch;
import org.psasync.http.JsonValue;
import org.psasync.model.AssetKind;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.OrganizationFields;
import org.psasync.model.RemoteId;
import org.psasync.spi.KindDescriptor;
import org.psasync.spi.RemoteRecord;
import org.psasync.spi.RemoteVersion;

/** The kinds of records, where they are, and how fields and members belong together. */
@SuppressWarnings("ImmutableEnumChecker") // a field map is immutable
enum Kind {
    // guide: fields
    CLIENTS(
            "clients",
            FieldMap.of(
                    AssetKind.ORGANIZATION,
                    map(OrganizationFields.NAME, "name", JsonForms.text())
                            .maxLength(60)
                            .requiredOnCreate(),
                    map(OrganizationFields.TYPES, "type", JsonForms.oneOf(JsonForms.choice())),
                    map(OrganizationFields.STATUS, "status", JsonForms.choice()),
                    map(OrganizationFields.SHORT_NAME, "code", JsonForms.text()).maxLength(20))),
    DEVICES(
            "devices",
            FieldMap.of(
                    AssetKind.CONFIGURATION,
                    map(ConfigurationFields.ORGANIZATION, "clientId", JsonForms.referenceId(AssetKind.ORGANIZATION))
                            .requiredOnCreate(),
                    map(ConfigurationFields.NAME, "name", JsonForms.text()).requiredOnCreate(),
                    map(ConfigurationFields.TYPE, "type", JsonForms.choice()).requiredOnCreate(),
                    map(ConfigurationFields.STATUS, "status", JsonForms.choice()),
                    map(ConfigurationFields.SERIAL_NUMBER, "serial", JsonForms.text()),
                    map(ConfigurationFields.NOTES, "notes", JsonForms.text()),
                    map(ConfigurationFields.INSTALLED_ON, "installedOn", JsonForms.day()),
                    map(ConfigurationFields.MAC_ADDRESS, "mac", JsonForms.mac()),
                    map(ConfigurationFields.ACTIVE, "active", JsonForms.flag()).pullOnly()));
    // guide: end

    final String path;
    final FieldMap fields;

    Kind(String path, FieldMap fields) {
        this.path = path;
        this.fields = fields;
    }

    /** @throws UnsupportedOperationException when Tidydesk knows no such records */
    static Kind of(AssetKind wanted) {
        for (Kind kind : values()) {
            if (kind.fields.kind() == wanted) {
                return kind;
            }
        }
        throw new UnsupportedOperationException("Tidydesk knows no " + wanted);
    }

    // guide: descriptor
    KindDescriptor descriptor(Duration deadline) {
        return new KindDescriptor(
                fields.kind(),
                KindDescriptor.Reading.DELTA,
                true, // every change moves changedAt
                true, // ids can be listed
                false, // what is deleted vanishes
                true, // createdAt is told
                true,
                true,
                true,
                deadline, // a call that lost its answer may still be under way
                fields.rules(),
                List.of());
    }
    // guide: end

    // guide: record
    /**
     * Reads a record.
     *
     * @throws JsonMismatch when a member does not hold what it should, naming it
     */
    RemoteRecord read(JsonValue record) {
        FieldReading reading = fields.read(record);
        if (!reading.isUnderstood()) {
            throw new JsonMismatch(reading.problemText());
        }
        Instant changedAt = record.instant("changedAt");
        return new RemoteRecord(
                id(record),
                new RemoteVersion("", changedAt),
                reading.values(),
                false,
                record.instant("createdAt"),
                reading.noteText());
    }

    static RemoteId id(JsonValue record) {
        String id = record.text("id");
        if (id == null) {
            throw new JsonMismatch("A record has no id");
        }
        return new RemoteId(id);
    }
    // guide: end
}
