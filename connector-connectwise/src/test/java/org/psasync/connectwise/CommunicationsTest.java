package org.psasync.connectwise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.psasync.model.AssetKind;
import org.psasync.model.Choice;
import org.psasync.model.ContactFields;
import org.psasync.model.ContactPoint;
import org.psasync.model.Field;
import org.psasync.model.FieldValues;
import org.psasync.spi.ConnectorException;
import org.psasync.spi.RemoteRecord;
import org.psasync.spi.RemoteUpdate;
import org.psasync.spi.WriteOptions;
import org.psasync.spi.WriteResult;
import org.psasync.testkit.connectwise.Fault;
import org.psasync.testkit.connectwise.Records;
import org.psasync.testkit.http.Requests;

/** Changing contacts, above all their e-mail addresses and phones. */
class CommunicationsTest {
    private static final WriteOptions TYPES = Bench.options("contactEmailType", "5", "contactPhoneType", "4");

    private final Bench bench =
            new Bench(psa -> psa.companies(2).contacts(4).configurations(1).tickets(1));
    private final int id = bench.psa.records("company/contacts").ids().get(0);
    private final Records items = bench.psa.records("company/contacts/" + id + "/communications");

    @AfterEach
    void close() {
        bench.close();
    }

    private RemoteRecord seen() {
        return bench.read(AssetKind.CONTACT, id);
    }

    private Set<ContactPoint> now(Field<Set<ContactPoint>> field) {
        Set<ContactPoint> points = seen().values().get(field);
        return points == null ? Set.of() : points;
    }

    private WriteResult write(
            RemoteRecord seen, WriteOptions options, Field<Set<ContactPoint>> field, ContactPoint... to) {
        FieldValues changes = FieldValues.of(AssetKind.CONTACT)
                .set(field, new LinkedHashSet<>(Arrays.asList(to)))
                .build();
        return bench.connector.update(new RemoteUpdate(seen, changes, options));
    }

    private ContactPoint direct() {
        return now(ContactFields.PHONES).stream()
                .filter(ContactPoint::primary)
                .findFirst()
                .orElseThrow();
    }

    private ContactPoint cell() {
        return now(ContactFields.PHONES).stream()
                .filter(point -> !point.primary())
                .findFirst()
                .orElseThrow();
    }

    private List<String> writes() {
        return bench.psa.requests().all().stream()
                .filter(request -> !request.method().equals("GET"))
                .map(Requests.Seen::method)
                .toList();
    }

    @Test
    @DisplayName("PSA-ALL-2: an edited item keeps its type, recognised by its id")
    void editsByItemId() {
        ContactPoint cell = cell();
        ContactPoint edited = new ContactPoint("2175550777", "9", false, null, cell.itemId());

        WriteResult result = write(seen(), WriteOptions.NONE, ContactFields.PHONES, direct(), edited);

        assertThat(result.failed()).isEmpty();
        assertThat(cell().value()).isEqualTo("2175550777");
        assertThat(cell().extension()).isEqualTo("9");
        assertThat(cell().label()).isEqualTo("Cell");
        assertThat(cell().itemId()).isEqualTo(cell.itemId());
        assertThat(writes()).containsExactly("PATCH");
    }

    @Test
    @DisplayName("PSA-ALL-2: one item that went and one that came are an edit, which needs no type")
    void pairsWithoutItemId() {
        ContactPoint before = direct();

        WriteResult result = write(
                seen(),
                WriteOptions.NONE,
                ContactFields.PHONES,
                ContactPoint.primary("2175550888"),
                ContactPoint.further(cell().value()));

        assertThat(result.failed()).isEmpty();
        assertThat(direct().value()).isEqualTo("2175550888");
        assertThat(direct().itemId()).isEqualTo(before.itemId());
        assertThat(direct().label()).isEqualTo("Direct");
    }

    @Test
    @DisplayName("PSA-ALL-2: an added item has the type chosen in the settings")
    void addsItems() {
        ContactPoint email = now(ContactFields.EMAILS).iterator().next();

        WriteResult result =
                write(seen(), TYPES, ContactFields.EMAILS, email, ContactPoint.further("second@home.example"));

        assertThat(result.failed()).isEmpty();
        assertThat(now(ContactFields.EMAILS))
                .filteredOn(point -> point.value().equals("second@home.example"))
                .singleElement()
                .satisfies(point -> assertThat(point.label()).isEqualTo("Email - Personal"));
    }

    @Test
    @DisplayName(
            "PSA-ALL-2: without a chosen type an added item is left out and reported; the other changes are written")
    void reportsItemsWithoutType() {
        WriteResult result = write(
                seen(),
                WriteOptions.NONE,
                ContactFields.PHONES,
                new ContactPoint("2175550001", null, true, null, direct().itemId()),
                cell(),
                ContactPoint.further("2175550002"));

        assertThat(result.failed()).singleElement().satisfies(problem -> {
            assertThat(problem.field()).isEqualTo(ContactFields.PHONES);
            assertThat(problem.text()).contains("2175550002", "settings");
        });
        assertThat(now(ContactFields.PHONES))
                .extracting(ContactPoint::value)
                .contains("2175550001")
                .hasSize(2);
    }

    @Test
    @DisplayName("MERGE-3: an item that somebody else added meanwhile is left alone")
    void leavesUnseenItems() {
        RemoteRecord seen = seen();
        ContactPoint keep = direct();
        items.add(Map.of("type", Map.of("id", 4), "value", "2175550333"));

        WriteResult result = write(seen, TYPES, ContactFields.PHONES, keep);

        assertThat(result.failed()).isEmpty();
        assertThat(now(ContactFields.PHONES))
                .extracting(ContactPoint::value)
                .containsExactlyInAnyOrder(keep.value(), "2175550333");
    }

    @Test
    @DisplayName("FIELD-4: another primary becomes the default of its kind; fax numbers are not touched")
    void changesThePrimary() {
        int fax = items.add(Map.of("type", Map.of("id", 3), "value", "2175550999", "defaultFlag", true));
        ContactPoint formerly = direct();
        ContactPoint cell = cell();

        WriteResult result =
                write(seen(), WriteOptions.NONE, ContactFields.PHONES, formerly.asPrimary(false), cell.asPrimary(true));

        assertThat(result.failed()).isEmpty();
        assertThat(direct().value()).isEqualTo(cell.value());
        assertThat(items.get(fax)).containsEntry("defaultFlag", true);
        assertThat(writes()).containsExactly("PATCH");
    }

    @Test
    @DisplayName("PUSH-10: a removed item is removed where the rights allow, else refused with the reason")
    void removesItems() {
        bench.psa.faults().next(1, "DELETE", "company/contacts/*/communications/*", Fault.forbidden());
        assertThatThrownBy(() -> write(seen(), TYPES, ContactFields.PHONES, direct()))
                .isInstanceOfSatisfying(
                        ConnectorException.Forbidden.class,
                        e -> assertThat(e.right()).isEqualTo("Companies > Contacts (Delete)"));

        assertThat(write(seen(), TYPES, ContactFields.PHONES, direct()).failed())
                .isEmpty();
        assertThat(now(ContactFields.PHONES)).hasSize(1);
        assertThat(write(seen(), TYPES, ContactFields.PHONES).failed()).isEmpty();
        assertThat(now(ContactFields.PHONES)).isEmpty();
    }

    @Test
    @DisplayName("PUSH-12: names, types and e-mails of a contact are written together, each reported by itself")
    void writesEverything() {
        FieldValues changes = FieldValues.of(AssetKind.CONTACT)
                .set(ContactFields.FIRST_NAME, "Inès")
                .set(ContactFields.LAST_NAME, null)
                .set(ContactFields.TITLE, "Owner")
                .set(ContactFields.TYPES, Set.of(new Choice("3", "Billing")))
                .set(ContactFields.EMAILS, Set.of(ContactPoint.primary("ines@harbor.example")))
                .set(ContactFields.ORGANIZATION, Bench.ref(AssetKind.ORGANIZATION, 102))
                .set(
                        ContactFields.LOCATION,
                        Bench.ref(AssetKind.LOCATION, "102/" + bench.referred("company/companies", 102, "site")))
                .build();

        WriteResult result = bench.connector.update(new RemoteUpdate(seen(), changes, TYPES));

        assertThat(result.failed()).isEmpty();
        assertThat(seen().values().only(changes::has)).isEqualTo(changes);
    }

    @Test
    @DisplayName("PUSH-12: an item that somebody else removed meanwhile is reported; the contact is not gone")
    void vanishedItem() {
        RemoteRecord seen = seen();
        ContactPoint cell = cell();
        bench.psa
                .faults()
                .next(
                        1,
                        "GET",
                        "company/contacts/*/communications",
                        Fault.meanwhile(() -> items.delete(Integer.parseInt(String.valueOf(cell.itemId())))));

        WriteResult result = write(
                seen,
                WriteOptions.NONE,
                ContactFields.PHONES,
                new ContactPoint("2175550003", null, true, null, direct().itemId()),
                new ContactPoint("2175550004", null, false, null, cell.itemId()));

        assertThat(result.failed())
                .singleElement()
                .satisfies(problem -> assertThat(problem.text()).contains("removed in ConnectWise"));
        assertThat(direct().value()).isEqualTo("2175550003");
    }

    @Test
    @DisplayName("C11: a contact that is gone is Gone, whatever was to be written")
    void goneContact() {
        RemoteRecord seen = seen();
        bench.psa.records("company/contacts").delete(id);
        assertThatThrownBy(() -> write(seen, TYPES, ContactFields.PHONES, ContactPoint.primary("5550001")))
                .isInstanceOf(ConnectorException.Gone.class);
    }
}
