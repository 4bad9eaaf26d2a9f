package org.psasync.autotask;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
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
import org.psasync.model.Field;
import org.psasync.model.FieldType;
import org.psasync.model.FieldValues;
import org.psasync.model.LocationFields;
import org.psasync.model.OrganizationFields;
import org.psasync.model.Problem;
import org.psasync.spi.ConnectorException;
import org.psasync.spi.RemoteRecord;
import org.psasync.spi.WriteResult;
import org.psasync.testkit.autotask.Fault;
import org.psasync.testkit.autotask.Records;
import org.psasync.testkit.autotask.Switch;

/** How records are changed, and that nothing else changes with them. */
class UpdatingTest {
    private final Bench bench =
            new Bench(psa -> psa.companies(4).contacts(4).configurations(4).tickets(1));

    @AfterEach
    void close() {
        bench.close();
    }

    private Records records(String path) {
        return bench.psa.records(path);
    }

    private WriteResult update(AssetKind kind, long id, FieldValues.Builder changes) {
        return bench.connector.update(Bench.update(bench.read(kind, id), changes.build(), Samples.OPTIONS));
    }

    private static FieldValues.Builder item() {
        return FieldValues.of(AssetKind.CONFIGURATION);
    }

    private static FieldValues.Builder contact() {
        return FieldValues.of(AssetKind.CONTACT);
    }

    private void frame(String path, long id, Map<String, @Nullable Object> before, String... changed) {
        Map<String, @Nullable Object> after = records(path).get(id);
        for (String member : changed) {
            before.remove(member);
            after.remove(member);
        }
        assertThat(after).isEqualTo(before);
    }

    @Test
    @DisplayName("FIELD-5, P15: a company's changed members are patched, and all others stay")
    void changesCompanies() {
        Map<String, @Nullable Object> before = records("Companies").get(Samples.COMPANY);
        WriteResult result = update(
                AssetKind.ORGANIZATION,
                Samples.COMPANY,
                FieldValues.of(AssetKind.ORGANIZATION)
                        .set(OrganizationFields.NAME, "Amberley & Sons")
                        .set(OrganizationFields.STATUS, Forms.INACTIVE)
                        .set(OrganizationFields.PARENT, Bench.ref(AssetKind.ORGANIZATION, 0))
                        .set(OrganizationFields.SHORT_NAME, null));
        assertThat(result.failed()).isEmpty();
        assertThat(Bench.record(result).values().get(OrganizationFields.NAME)).isEqualTo("Amberley & Sons");
        assertThat(records("Companies").get(Samples.COMPANY))
                .containsEntry("isActive", false)
                .containsEntry("parentCompanyID", 0L)
                .containsEntry("companyNumber", "");
        frame(
                "Companies",
                Samples.COMPANY,
                before,
                "companyName",
                "isActive",
                "parentCompanyID",
                "companyNumber",
                "lastTrackedModifiedDateTime",
                "lastActivityDate");
        assertThat(bench.psa.requests().count("PUT", "**")).isZero();
    }

    @Test
    @DisplayName("FIELD table: another primary location is made so; the company keeps one")
    void changesThePrimaryLocation() {
        List<Long> locations = records("CompanyLocations").idsWhere("companyID", Samples.COMPANY);
        WriteResult result = update(
                AssetKind.ORGANIZATION,
                Samples.COMPANY,
                FieldValues.of(AssetKind.ORGANIZATION)
                        .set(OrganizationFields.PRIMARY_LOCATION, Bench.ref(AssetKind.LOCATION, locations.get(1))));
        assertThat(result.failed()).isEmpty();
        assertThat(records("CompanyLocations").get(locations.get(0))).containsEntry("isPrimary", false);
        assertThat(Bench.record(result).values().get(OrganizationFields.PRIMARY_LOCATION))
                .isEqualTo(Bench.ref(AssetKind.LOCATION, locations.get(1)));
        assertThat(update(
                                AssetKind.ORGANIZATION,
                                Samples.COMPANY,
                                FieldValues.of(AssetKind.ORGANIZATION).set(OrganizationFields.PRIMARY_LOCATION, null))
                        .failed())
                .singleElement()
                .satisfies(problem -> assertThat(problem.code()).isEqualTo(Problem.Code.NOT_WRITABLE));
    }

    @Test
    @DisplayName("PSA-AT-4, FIELD table: a location is changed below its company, phone and fax too")
    void changesLocations() {
        long location = Long.parseLong(Samples.location(bench).id().value());
        Map<String, @Nullable Object> before = records("CompanyLocations").get(location);
        WriteResult result = update(
                AssetKind.LOCATION,
                location,
                FieldValues.of(AssetKind.LOCATION)
                        .set(LocationFields.PHONE, "(503) 555-0123")
                        .set(LocationFields.ADDRESS_2, "Suite 4")
                        .set(LocationFields.COUNTRY, "GB"));
        assertThat(result.failed()).isEmpty();
        assertThat(bench.psa.requests().count("PATCH", "Companies/" + Samples.COMPANY + "/Locations"))
                .isEqualTo(1);
        assertThat(records("CompanyLocations").get(location)).containsEntry("countryID", 235L);
        frame("CompanyLocations", location, before, "phone", "address2", "countryID");
    }

    @Test
    @DisplayName("PSA-AT-4: a contact is changed below its company")
    void changesContacts() {
        Map<String, @Nullable Object> before = records("Contacts").get(Samples.CONTACT);
        update(AssetKind.CONTACT, Samples.CONTACT, contact().set(ContactFields.TITLE, "Chief"));
        assertThat(bench.psa.requests().count("PATCH", "Companies/" + Samples.COMPANY + "/Contacts"))
                .isEqualTo(1);
        frame("Contacts", Samples.CONTACT, before, "title", "lastModifiedDate", "lastActivityDate");
    }

    @Test
    @DisplayName(
            "PSA-ALL-2: an edited number keeps its slot, a removed one empties it, an added one takes the chosen slot")
    void changesNumbers() {
        records("Contacts").edit(Samples.CONTACT, Map.of("phone", "(503) 555-0101", "mobilePhone", "(503) 555-0102"));
        RemoteRecord seen = bench.read(AssetKind.CONTACT, Samples.CONTACT);
        List<ContactPoint> phones = List.copyOf(requireNonNull(seen.values().get(ContactFields.PHONES)));
        ContactPoint edited = new ContactPoint(
                "(503) 555-0109", null, false, null, phones.get(1).itemId());
        WriteResult result = update(
                AssetKind.CONTACT,
                Samples.CONTACT,
                contact().set(ContactFields.PHONES, new LinkedHashSet<>(List.of(phones.get(0), edited))));
        assertThat(result.failed()).isEmpty();
        assertThat(records("Contacts").get(Samples.CONTACT))
                .containsEntry("phone", "(503) 555-0101")
                .containsEntry("mobilePhone", "(503) 555-0109");
        update(AssetKind.CONTACT, Samples.CONTACT, contact().set(ContactFields.PHONES, Set.of(phones.get(0))));
        assertThat(records("Contacts").get(Samples.CONTACT)).containsEntry("mobilePhone", "");

        ContactPoint added = ContactPoint.further("(503) 555-0103");
        WriteResult full = update(
                AssetKind.CONTACT,
                Samples.CONTACT,
                contact().set(ContactFields.PHONES, new LinkedHashSet<>(List.of(phones.get(0), added))));
        assertThat(full.failed())
                .singleElement()
                .satisfies(problem -> assertThat(problem.text()).contains("stays here"));
        bench.connector.update(Bench.update(
                bench.read(AssetKind.CONTACT, Samples.CONTACT),
                contact()
                        .set(ContactFields.PHONES, new LinkedHashSet<>(List.of(phones.get(0), added)))
                        .build(),
                Bench.options("contactPhoneType", "alternatePhone")));
        assertThat(records("Contacts").get(Samples.CONTACT)).containsEntry("alternatePhone", "(503) 555-0103");
    }

    @Test
    @DisplayName("FIELD-10: the company of an item is not changed, which is reported, and the rest is written")
    void reportsMovesOfItems() {
        WriteResult result = update(
                AssetKind.CONFIGURATION,
                Samples.ITEM,
                item().set(ConfigurationFields.ORGANIZATION, Bench.ref(AssetKind.ORGANIZATION, Samples.COMPANY + 1))
                        .set(ConfigurationFields.NOTES, "moved"));
        assertThat(result.failed()).singleElement().satisfies(problem -> {
            assertThat(problem.field()).isEqualTo(ConfigurationFields.ORGANIZATION);
            assertThat(problem.code()).isEqualTo(Problem.Code.NOT_WRITABLE);
        });
        assertThat(records("ConfigurationItems").get(Samples.ITEM))
                .containsEntry("notes", "moved")
                .containsEntry("companyID", Samples.COMPANY);
    }

    @Test
    @DisplayName(
            "FIELD-10, C11.2: a contact that the PSA leaves with its company is reported; where it moves, it moves")
    void movesContactsWhereItCan() {
        FieldValues.Builder move = contact()
                .set(ContactFields.ORGANIZATION, Bench.ref(AssetKind.ORGANIZATION, Samples.COMPANY + 1))
                .set(ContactFields.LOCATION, null);
        assertThat(update(AssetKind.CONTACT, Samples.CONTACT, move).failed())
                .singleElement()
                .satisfies(problem -> assertThat(problem.field()).isEqualTo(ContactFields.ORGANIZATION));
        bench.psa.switches().on(Switch.CONTACTS_MOVE);
        assertThat(update(AssetKind.CONTACT, Samples.CONTACT, move).failed()).isEmpty();
        assertThat(records("Contacts").get(Samples.CONTACT)).containsEntry("companyID", Samples.COMPANY + 1);
    }

    @Test
    @DisplayName(
            "FIELD-5: an item's members are patched; another manufacturer or model chooses another product (PSA-AT-3)")
    void changesItems() {
        Map<String, @Nullable Object> before = records("ConfigurationItems").get(Samples.ITEM);
        Map<String, @Nullable Object> product = records("Products").get(12_001);
        WriteResult result = update(
                AssetKind.CONFIGURATION,
                Samples.ITEM,
                item().set(ConfigurationFields.NAME, "SRV-RENAMED")
                        .set(ConfigurationFields.TYPE, new Choice("15", "Workstation"))
                        .set(ConfigurationFields.EXPIRES_ON, LocalDate.parse("2030-01-01"))
                        .set(ConfigurationFields.MANUFACTURER, Choice.named("Halberd"))
                        .set(ConfigurationFields.MODEL, Choice.named("B-101")));
        assertThat(result.failed()).isEmpty();
        assertThat(records("ConfigurationItems").get(Samples.ITEM))
                .containsEntry("productID", 12_002L)
                .containsEntry("configurationItemType", 15L);
        assertThat(Bench.record(result).values().get(ConfigurationFields.MODEL)).isEqualTo(Choice.named("B-101"));
        frame(
                "ConfigurationItems",
                Samples.ITEM,
                before,
                "referenceTitle",
                "configurationItemType",
                "warrantyExpirationDate",
                "productID",
                "lastModifiedTime");
        assertThat(records("Products").get(12_001)).isEqualTo(product);
    }

    @Test
    @DisplayName("PSA-AT-3: a model alone is held against the manufacturer that is there; neither can be emptied")
    void needsBothHalvesOfAProduct() {
        records("Products")
                .add(Map.of(
                        "name", "x",
                        "manufacturerName", "Nordlane",
                        "manufacturerProductName", "A-7",
                        "isActive", true));
        WriteResult result = update(
                AssetKind.CONFIGURATION, Samples.ITEM, item().set(ConfigurationFields.MODEL, Choice.named("A-7")));
        assertThat(result.failed()).isEmpty();
        assertThat(Bench.record(result).values().get(ConfigurationFields.MANUFACTURER))
                .isEqualTo(Choice.named("Nordlane"));
        assertThatThrownBy(() ->
                        update(AssetKind.CONFIGURATION, Samples.ITEM, item().set(ConfigurationFields.MODEL, null)))
                .isInstanceOf(ConnectorException.Rejected.class);
        assertThat(records("Products").count()).isEqualTo(31);
    }

    @Test
    @DisplayName("PUSH-12, C11.2: what the PSA refuses by name is left out and reported, and the rest is written")
    void writesTheRest() {
        records("Contacts").editUnnoticed(Samples.CONTACT, Map.of("isActive", 0));
        WriteResult result = update(
                AssetKind.CONFIGURATION,
                Samples.ITEM,
                item().set(ConfigurationFields.NOTES, "new")
                        .set(ConfigurationFields.CONTACT, Bench.ref(AssetKind.CONTACT, Samples.CONTACT))
                        .set(ConfigurationFields.SERIAL_NUMBER, "S".repeat(101))
                        .set(ConfigurationFields.TYPE, new Choice("19", "Fax Machine")));
        assertThat(result.failed())
                .extracting(Problem::field)
                .containsExactlyInAnyOrder(
                        ConfigurationFields.CONTACT, ConfigurationFields.SERIAL_NUMBER, ConfigurationFields.TYPE);
        assertThat(records("ConfigurationItems").get(Samples.ITEM)).containsEntry("notes", "new");
    }

    @Test
    @DisplayName("C11.2: a member that the PSA passed over in silence is reported")
    void reportsWhatWasPassedOver() {
        bench.psa.switches().on(Switch.NULLS_PASSED_OVER);
        WriteResult result = update(
                AssetKind.CONFIGURATION,
                Samples.ITEM,
                item().set(ConfigurationFields.LOCATION, null).set(ConfigurationFields.NOTES, null));
        assertThat(result.failed()).extracting(Problem::field).containsExactly(ConfigurationFields.LOCATION);
        assertThat(records("ConfigurationItems").get(Samples.ITEM)).containsEntry("notes", "");
    }

    @Test
    @DisplayName("MERGE-9: an update without an answer leaves its outcome unknown and is not sent again")
    void doesNotRepeatUpdates() {
        bench.psa.faults().next(1, "PATCH", "ConfigurationItems", Fault.cutAfterEffect());
        assertThatThrownBy(() ->
                        update(AssetKind.CONFIGURATION, Samples.ITEM, item().set(ConfigurationFields.NOTES, "once")))
                .isInstanceOfSatisfying(
                        ConnectorException.Unavailable.class,
                        e -> assertThat(e.outcomeUnknown()).isTrue());
        assertThat(bench.psa.requests().count("PATCH", "ConfigurationItems")).isEqualTo(1);
    }

    @Test
    @DisplayName("C11: a record that is gone is told as gone, whatever the PSA answers")
    void tellsWhatIsGone() {
        for (boolean as404 : List.of(true, false)) {
            long id = as404 ? Samples.ITEM : Samples.ITEM + 1;
            RemoteRecord seen = bench.read(AssetKind.CONFIGURATION, id);
            records("ConfigurationItems").delete(id);
            if (as404) {
                bench.psa.switches().on(Switch.MISSING_ON_WRITE_AS_404);
            } else {
                bench.psa.switches().off(Switch.MISSING_ON_WRITE_AS_404);
            }
            assertThatThrownBy(() -> bench.connector.update(Bench.update(
                            seen, item().set(ConfigurationFields.NOTES, "x").build())))
                    .isInstanceOf(ConnectorException.Gone.class);
        }
    }

    @Test
    @DisplayName("FIELD-1: only the user-defined fields that change are sent")
    void changesUserDefinedFields() {
        Field<String> crm = Field.custom(AssetKind.ORGANIZATION, "crm", FieldType.TEXT);
        records("Companies").editUdf(Samples.COMPANY, "Onboarding Complete", "Yes");
        try (AutotaskConnector connector = bench.connectorWith(AutotaskUdf.named(crm, "CRM ID"))) {
            RemoteRecord seen = bench.read(AssetKind.ORGANIZATION, Samples.COMPANY);
            connector.update(Bench.update(
                    seen, FieldValues.of(AssetKind.ORGANIZATION).set(crm, "K-1").build()));
            assertThat(records("Companies").udf(Samples.COMPANY, "CRM ID")).isEqualTo("K-1");
            assertThat(records("Companies").udf(Samples.COMPANY, "Onboarding Complete"))
                    .isEqualTo("Yes");
            connector.update(Bench.update(
                    seen, FieldValues.of(AssetKind.ORGANIZATION).set(crm, null).build()));
            assertThat(records("Companies").udf(Samples.COMPANY, "CRM ID")).isNull();
        }
    }
}
