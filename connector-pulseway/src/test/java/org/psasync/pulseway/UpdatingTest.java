package org.psasync.pulseway;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.psasync.model.AssetKind;
import org.psasync.model.Choice;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.ContactFields;
import org.psasync.model.ContactPoint;
import org.psasync.model.FieldValues;
import org.psasync.model.OrganizationFields;
import org.psasync.spi.ConnectorException;
import org.psasync.spi.RemoteRecord;
import org.psasync.spi.WriteResult;
import org.psasync.testkit.pulseway.Fault;
import org.psasync.testkit.pulseway.Switch;

/** How records are changed, and that nothing else changes with them. */
class UpdatingTest {
    private final Bench bench =
            new Bench(psa -> psa.accounts(3).contacts(3).assets(3).tickets(1));
    private final int contact = bench.psa.records("contacts").ids().get(0);
    private final int asset = bench.psa.records("assets").ids().get(0);

    @AfterEach
    void close() {
        bench.close();
    }

    private static FieldValues.Builder contactChange() {
        return FieldValues.of(AssetKind.CONTACT);
    }

    @Test
    @DisplayName("FIELD-5, P15: an account's changed members are patched, and all others stay")
    void changesAccounts() {
        Map<String, @Nullable Object> before = bench.psa.records("accounts").get(1101);
        RemoteRecord seen = bench.read(AssetKind.ORGANIZATION, 1101);

        WriteResult result = bench.connector.update(Bench.update(
                seen,
                FieldValues.of(AssetKind.ORGANIZATION)
                        .set(OrganizationFields.NAME, "Alder & Sons")
                        .set(OrganizationFields.STATUS, Forms.INACTIVE)
                        .set(OrganizationFields.SHORT_NAME, null)
                        .build()));

        assertThat(result.failed()).isEmpty();
        assertThat(Bench.record(result).values().get(OrganizationFields.NAME)).isEqualTo("Alder & Sons");
        Map<String, @Nullable Object> after = bench.psa.records("accounts").get(1101);
        assertThat(after).containsEntry("IsActive", false).containsEntry("AccountCode", null);
        for (String changed : List.of("AccountName", "IsActive", "AccountCode", "ModifiedOn", "ModifiedBy")) {
            before.remove(changed);
            after.remove(changed);
        }
        assertThat(after).isEqualTo(before);
    }

    @Test
    @DisplayName("FIELD-5, PSA-PW-4: an asset is replaced as a whole after a read, with nothing lost")
    void replacesAssets() {
        bench.psa.records("assets").edit(asset, Map.of("BusSpeed", "100", "StateId", 3, "DHCPEnabled", true));
        Map<String, @Nullable Object> before = bench.psa.records("assets").get(asset);
        RemoteRecord seen = bench.read(AssetKind.CONFIGURATION, asset);
        bench.psa.records("assets").edit(asset, "SubnetMask", "255.255.255.0"); // between the read and the write

        WriteResult result = bench.connector.update(Bench.update(
                seen,
                FieldValues.of(AssetKind.CONFIGURATION)
                        .set(ConfigurationFields.NOTES, "moved")
                        .set(ConfigurationFields.MODEL, Choice.named("R650"))
                        .build()));

        assertThat(result.failed()).isEmpty();
        Map<String, @Nullable Object> after = bench.psa.records("assets").get(asset);
        assertThat(after)
                .containsEntry("Description", "moved")
                .containsEntry("ModelNumber", "R650")
                .containsEntry("SubnetMask", "255.255.255.0")
                .containsEntry("DNSServers", "10.0.0.10")
                .containsEntry("DHCPEnabled", true);
        for (String changed : List.of("Description", "ModelNumber", "SubnetMask", "ModifiedOn", "ModifiedBy")) {
            before.remove(changed);
            after.remove(changed);
        }
        after.values().removeIf(java.util.Objects::isNull);
        before.values().removeIf(java.util.Objects::isNull);
        assertThat(after).isEqualTo(before);
    }

    @Test
    @DisplayName("PSA-ALL-2: an edited e-mail keeps its type, an added one gets the chosen, a removed one goes")
    void changesEmails() {
        RemoteRecord seen = bench.read(AssetKind.CONTACT, contact);
        ContactPoint old = requireNonNull(seen.values().get(ContactFields.EMAILS))
                .iterator()
                .next();
        Set<ContactPoint> wanted = new LinkedHashSet<>(List.of(
                new ContactPoint("edited@client.example", null, true, null, old.itemId()),
                ContactPoint.further("added@client.example")));

        WriteResult result = bench.connector.update(Bench.update(
                seen, contactChange().set(ContactFields.EMAILS, wanted).build(), Samples.OPTIONS));

        assertThat(result.failed()).isEmpty();
        assertThat(Bench.record(result).values().get(ContactFields.EMAILS))
                .isEqualTo(wanted)
                .anySatisfy(point -> assertThat(point.itemId()).isEqualTo(old.itemId()));

        RemoteRecord now = Bench.record(result);
        Set<ContactPoint> one = Set.of(ContactPoint.primary("added@client.example"));
        WriteResult fewer = bench.connector.update(
                Bench.update(now, contactChange().set(ContactFields.EMAILS, one).build()));
        assertThat(Bench.record(fewer).values().get(ContactFields.EMAILS)).isEqualTo(one);
    }

    @Test
    @DisplayName("PSA-ALL-2: without a type in the settings an added phone is left out and said, the rest is written")
    void needsTypesForAddedPhones() {
        RemoteRecord seen = bench.read(AssetKind.CONTACT, contact);
        Set<ContactPoint> wanted = new LinkedHashSet<>(seen.values().get(ContactFields.PHONES));
        wanted.add(ContactPoint.further("+1 555 0177"));

        WriteResult result = bench.connector.update(Bench.update(
                seen,
                contactChange()
                        .set(ContactFields.PHONES, wanted)
                        .set(ContactFields.TITLE, "Captain")
                        .build()));

        assertThat(result.failed()).singleElement().satisfies(problem -> {
            assertThat(problem.field()).isEqualTo(ContactFields.PHONES);
            assertThat(problem.text()).contains("0177");
        });
        assertThat(Bench.record(result).values().get(ContactFields.TITLE)).isEqualTo("Captain");
    }

    @Test
    @DisplayName("FIELD-5: a contact's flags that are not mapped stay, and the flag is written under its other name")
    void changesFlags() {
        bench.psa.records("contacts").edit(contact, Map.of("IsPoc", false, "CanRecieveInvoices", true));
        RemoteRecord seen = bench.read(AssetKind.CONTACT, contact);

        bench.connector.update(Bench.update(
                seen, contactChange().set(ContactFields.IMPORTANT, true).build()));

        assertThat(bench.psa.records("contacts").get(contact))
                .containsEntry("IsPoc", true)
                .containsEntry("IsActive", true)
                .containsEntry("CanRecieveInvoices", true);
    }

    @Test
    @DisplayName("PUSH-12, C11.2: a refused field is reported, the others are written")
    void writesTheRest() {
        RemoteRecord seen = bench.read(AssetKind.CONFIGURATION, asset);

        WriteResult result = bench.connector.update(Bench.update(
                seen,
                FieldValues.of(AssetKind.CONFIGURATION)
                        .set(ConfigurationFields.NOTES, "kept")
                        .set(ConfigurationFields.TYPE, new Choice("999", "Unknown"))
                        .set(ConfigurationFields.NAME, null)
                        .build()));

        assertThat(result.failed())
                .extracting(problem -> String.valueOf(problem.field()))
                .containsExactlyInAnyOrder("type", "name");
        assertThat(Bench.record(result).values().get(ConfigurationFields.NOTES)).isEqualTo("kept");
    }

    @Test
    @DisplayName("C11.2: a write that the PSA passes over in silence is no write")
    void noticesIgnoredWrites() {
        bench.psa.switches().on(Switch.WRITES_IGNORED);
        RemoteRecord seen = bench.read(AssetKind.ORGANIZATION, 1101);

        WriteResult result = bench.connector.update(Bench.update(
                seen,
                FieldValues.of(AssetKind.ORGANIZATION)
                        .set(OrganizationFields.NAME, "Never")
                        .build()));

        assertThat(result.failed())
                .singleElement()
                .satisfies(problem -> assertThat(problem.text()).contains("kept the former value"));
    }

    @Test
    @DisplayName("C11: a vanished record is gone; a lost answer leaves the outcome unknown, and is not sent again")
    void tellsFailures() {
        RemoteRecord seen = bench.read(AssetKind.CONTACT, contact);
        FieldValues change = contactChange().set(ContactFields.TITLE, "x").build();
        bench.psa.faults().next(1, "PATCH", "v2/crm/contacts/*", Fault.cutAfterEffect());
        assertThatThrownBy(() -> bench.connector.update(Bench.update(seen, change)))
                .isInstanceOfSatisfying(
                        ConnectorException.Unavailable.class,
                        e -> assertThat(e.outcomeUnknown()).isTrue());
        assertThat(bench.psa.requests().count("PATCH", "v2/crm/contacts/*")).isEqualTo(1);
        bench.psa.records("contacts").delete(contact);
        assertThatThrownBy(() -> bench.connector.update(Bench.update(seen, change)))
                .isInstanceOf(ConnectorException.Gone.class);
    }

    @Test
    @DisplayName("PSA-PW-1: a write whose token was refused is sent once more after a new log-in, and done once")
    void writesAfterNewLogIn() {
        RemoteRecord seen = bench.read(AssetKind.CONTACT, contact);
        bench.psa.forgetTokens();

        WriteResult result = bench.connector.update(Bench.update(
                seen, contactChange().set(ContactFields.TITLE, "Captain").build()));

        assertThat(Bench.record(result).values().get(ContactFields.TITLE)).isEqualTo("Captain");
    }
}
