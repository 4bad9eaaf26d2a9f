package org.psasync.connectwise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.psasync.http.JsonValue;
import org.psasync.model.AssetKind;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.ContactFields;
import org.psasync.model.FieldValues;
import org.psasync.model.LocationFields;
import org.psasync.model.OrganizationFields;
import org.psasync.model.TicketFields;
import org.psasync.spi.RemoteRecord;

/** The recorded shapes of the vendor's bodies; skipped where the folder of property {@code psasync.shared} lacks them. */
class SamplesTest {
    private final Kinds kinds = new Kinds(List.of());

    private static JsonValue sample(String name) throws IOException {
        Path file = Path.of(System.getProperty("psasync.shared", "none"), "vendor", "connectwise", "samples", name);
        assumeTrue(Files.isReadable(file), () -> "There is no sample " + file + "; set psasync.shared");
        return JsonValue.parse(Files.readString(file));
    }

    private RemoteRecord read(AssetKind kind, String name) throws IOException {
        return kinds.of(kind).read(sample(name));
    }

    @Test
    @DisplayName("FIELD-3: recorded companies, contacts, sites, configurations and tickets are understood")
    void understandsRecordedBodies() throws IOException {
        FieldValues company = read(AssetKind.ORGANIZATION, "company.json").values();
        assertThat(company.get(OrganizationFields.TYPES)).hasSize(2);
        assertThat(company.get(OrganizationFields.PRIMARY_LOCATION))
                .isEqualTo(Bench.ref(AssetKind.LOCATION, "4210/6101"));
        assertThat(read(AssetKind.ORGANIZATION, "company-minimal.json").deleted())
                .isFalse();
        assertThat(read(AssetKind.ORGANIZATION, "company-deleted.json").deleted())
                .isTrue();

        FieldValues contact = read(AssetKind.CONTACT, "contact.json").values();
        assertThat(contact.get(ContactFields.EMAILS)).hasSize(2);
        assertThat(contact.get(ContactFields.PHONES)).hasSize(2);
        assertThat(read(AssetKind.CONTACT, "contact-minimal.json").values().has(ContactFields.EMAILS))
                .isTrue();

        FieldValues site = read(AssetKind.LOCATION, "site.json").values();
        assertThat(site.get(LocationFields.REGION)).isEqualTo("IL");
        assertThat(site.isBlank(LocationFields.FAX)).isTrue();

        FieldValues configuration =
                read(AssetKind.CONFIGURATION, "configuration.json").values();
        assertThat(configuration.get(ConfigurationFields.MAC_ADDRESS)).isEqualTo("00:1B:44:11:3A:B7");
        assertThat(configuration.get(ConfigurationFields.LOCATION))
                .isEqualTo(Bench.ref(AssetKind.LOCATION, "4210/6101"));

        assertThat(read(AssetKind.TICKET, "ticket.json").values().get(TicketFields.NUMBER))
                .isEqualTo("71044");
    }

    @Test
    @DisplayName("PSA-CW-1: both recorded answers of the look-up are understood")
    void understandsTheLookUp() throws IOException {
        assertThat(CodeBase.of(sample("login-companyinfo-cloud.json"), "x").cloud())
                .isTrue();
        assertThat(CodeBase.of(sample("login-companyinfo-onpremise.json"), "x").cloud())
                .isFalse();
    }

    @Test
    @DisplayName("PSA-ALL-2: recorded lists are understood")
    void understandsLists() throws IOException {
        assertThat(ListName.COMMUNICATION_TYPES
                        .entry(sample("communication-types.json").elements().get(0))
                        .name())
                .isEqualTo("Email");
        assertThat(ListName.MEMBERS.entry(sample("member-info.json")).name()).isEqualTo("Jan Kowalski");
        assertThat(ListName.COUNTRIES.entry(sample("country.json")).number()).isEqualTo(1);
        assertThat(ListName.STATES.entry(sample("state.json")).active()).isTrue();
    }
}
