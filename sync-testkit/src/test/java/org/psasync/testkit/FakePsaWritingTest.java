package org.psasync.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;
import static org.psasync.model.AssetKind.CONFIGURATION;
import static org.psasync.model.AssetKind.LOCATION;
import static org.psasync.model.AssetKind.ORGANIZATION;
import static org.psasync.testkit.Samples.configuration;
import static org.psasync.testkit.Samples.draft;
import static org.psasync.testkit.Samples.organization;
import static org.psasync.testkit.Samples.readOne;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.psasync.model.Choice;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.Field;
import org.psasync.model.FieldType;
import org.psasync.model.FieldValues;
import org.psasync.model.LocalRef;
import org.psasync.model.LocationFields;
import org.psasync.model.OrganizationFields;
import org.psasync.model.Problem;
import org.psasync.model.RemoteRef;
import org.psasync.spi.ConnectorException;
import org.psasync.spi.ConnectorException.Rejected;
import org.psasync.spi.Draft;
import org.psasync.spi.RemoteRecord;
import org.psasync.spi.RemoteUpdate;
import org.psasync.spi.WriteOptions;
import org.psasync.spi.WriteResult;

class FakePsaWritingTest {
    private final TestClock clock = TestClock.at("2026-03-01T12:00:00Z");
    private final FakePsa psa = FakePsa.builder(clock)
            .kind(
                    ORGANIZATION,
                    kind -> kind.maxLength(OrganizationFields.NAME, 10).unique(OrganizationFields.SHORT_NAME))
            .build();

    @Test
    @DisplayName("C8.1: a draft is refused with all that is wrong with it and its parts, and nothing is written")
    void preparesNothingWrong() {
        FieldValues wrong = organization("A very long name")
                .with(OrganizationFields.STATUS, new Choice("404", "Nowhere"))
                .with(OrganizationFields.PARENT, RemoteRef.of(ORGANIZATION, "9999"));
        Draft draft = draft(wrong, draft(FieldValues.empty(LOCATION).with(LocationFields.CITY, "Oslo")));
        Rejected rejected = catchThrowableOfType(Rejected.class, () -> psa.prepare(draft));
        assertThat(rejected.problems())
                .extracting(Problem::field, Problem::code)
                .containsExactly(
                        tuple(OrganizationFields.NAME, Problem.Code.TOO_LONG),
                        tuple(OrganizationFields.STATUS, Problem.Code.UNKNOWN_VALUE),
                        tuple(OrganizationFields.PARENT, Problem.Code.INVALID),
                        tuple(LocationFields.NAME, Problem.Code.REQUIRED));
        assertThat(psa.all(ORGANIZATION)).isEmpty();
    }

    @Test
    @DisplayName("C8.2: preparing a prepared draft changes nothing")
    void preparesTwice() {
        Draft prepared = psa.prepare(draft(organization("Acme")));
        assertThat(psa.prepare(prepared)).isEqualTo(prepared);
    }

    @Test
    @DisplayName("C10.1: a create makes one record and answers with it")
    void creates() {
        WriteResult result = psa.create(draft(organization("Acme")));
        assertThat(psa.all(ORGANIZATION)).extracting(RemoteRecord::id).containsExactly(result.id());
        assertThat(result.record()).isEqualTo(readOne(psa, new RemoteRef(ORGANIZATION, result.id())));
        assertThat(result.failed()).isEmpty();
    }

    @Test
    @DisplayName("C10.3: a field that cannot be written is reported, and the record is made without it")
    void reportsFieldsNotWritten() {
        WriteResult result = psa.create(draft(organization("Acme").with(OrganizationFields.ACTIVE, false)));
        assertThat(result.failed())
                .extracting(Problem::field, Problem::code)
                .containsExactly(tuple(OrganizationFields.ACTIVE, Problem.Code.NOT_WRITABLE));
        assertThat(psa.all(ORGANIZATION).get(0).values().get(OrganizationFields.ACTIVE))
                .isTrue();
    }

    @Test
    @DisplayName("PUSH-11: the parts of a create are made below it; the first location becomes the main one")
    void createsParts() {
        WriteResult result = psa.create(draft(
                organization("Acme"), draft(FieldValues.empty(LOCATION).with(LocationFields.NAME, "Head office"))));
        RemoteRecord part = result.parts().get(0);
        assertThat(part.values().get(LocationFields.ORGANIZATION)).isEqualTo(new RemoteRef(ORGANIZATION, result.id()));
        RemoteRecord made = readOne(psa, new RemoteRef(ORGANIZATION, result.id()));
        assertThat(made.values().get(OrganizationFields.PRIMARY_LOCATION)).isEqualTo(part.ref());
        assertThat(result.record()).isEqualTo(made);
    }

    @Test
    @DisplayName("PUSH-7: a second record with a unique value is refused as a duplicate; a deleted one does not count")
    void refusesDuplicates() {
        RemoteRef first = psa.put(shortName("ACM"));
        Rejected rejected = catchThrowableOfType(Rejected.class, () -> psa.create(draft(shortName("acm"))));
        assertThat(rejected.problems()).extracting(Problem::code).containsExactly(Problem.Code.DUPLICATE);
        psa.delete(first);
        assertThat(psa.create(draft(shortName("acm"))).failed()).isEmpty();
    }

    @Test
    @DisplayName("C11.1: an update changes its fields only, mapped or not, and moves the change time")
    void updates() {
        Field<String> custom = Field.custom(ORGANIZATION, "slaLevel", FieldType.TEXT);
        RemoteRef acme = psa.put(shortName("ACM").with(custom, "gold"));
        RemoteRecord seen = readOne(psa, acme);
        clock.advance(Duration.ofMinutes(1));
        WriteResult result = update(seen, organization("Acme Ltd"));
        FieldValues stored = psa.get(acme).orElseThrow().values();
        assertThat(stored.get(OrganizationFields.NAME)).isEqualTo("Acme Ltd");
        assertThat(stored.get(OrganizationFields.SHORT_NAME)).isEqualTo("ACM");
        assertThat(stored.get(custom)).isEqualTo("gold");
        assertThat(result.record()).isEqualTo(readOne(psa, acme));
        assertThat(readOne(psa, acme).version().changedAt()).isEqualTo(clock.instant());
    }

    @Test
    @DisplayName("C11.1: a blank field of an update clears, unless the PSA needs it")
    void clears() {
        RemoteRecord seen = readOne(psa, psa.put(shortName("ACM")));
        update(seen, FieldValues.empty(ORGANIZATION).with(OrganizationFields.SHORT_NAME, null));
        assertThat(readOne(psa, seen.ref()).values().isBlank(OrganizationFields.SHORT_NAME))
                .isTrue();
        assertThatThrownBy(() -> update(seen, FieldValues.empty(ORGANIZATION).with(OrganizationFields.NAME, null)))
                .isInstanceOf(Rejected.class)
                .hasMessageContaining("name");
    }

    @Test
    @DisplayName("C11.2: a pulled field of an update is reported, the others are written")
    void updatesInPart() {
        RemoteRecord seen = readOne(psa, psa.put(organization("Acme")));
        WriteResult result = update(seen, shortName("ACM").with(OrganizationFields.ACTIVE, false));
        assertThat(result.failed()).extracting(Problem::field).containsExactly(OrganizationFields.ACTIVE);
        assertThat(readOne(psa, seen.ref()).values().get(OrganizationFields.SHORT_NAME))
                .isEqualTo("ACM");
    }

    @Test
    @DisplayName("C11: an update of a record that is deleted, vanished or invisible says that it is gone")
    void updatesWhatIsGone() {
        RemoteRecord kept = readOne(psa, psa.put(organization("Kept")));
        RemoteRecord vanished = readOne(psa, psa.put(configuration(psa, kept.ref(), "SRV-01")));
        RemoteRecord hidden = readOne(psa, psa.put(organization("Hidden")));
        psa.delete(vanished.ref());
        psa.delete(kept.ref());
        psa.faults().hide(hidden.ref());
        for (RemoteRecord gone : List.of(kept, vanished, hidden)) {
            assertThatThrownBy(() -> update(gone, FieldValues.empty(gone.kind())))
                    .isInstanceOf(ConnectorException.Gone.class);
        }
    }

    @Test
    @DisplayName("PUSH-12: a kind can answer with the id only")
    void answersWithoutRecord() {
        FakePsa terse = FakePsa.builder(clock)
                .everyKind(FakeKind::answeringWithoutRecord)
                .build();
        WriteResult result = terse.create(draft(organization("Acme")));
        assertThat(result.record()).isNull();
        assertThat(terse.all(ORGANIZATION)).extracting(RemoteRecord::id).containsExactly(result.id());
    }

    @Test
    void aCreateBelowADeletedOrganizationIsRefused() {
        RemoteRef acme = psa.put(organization("Acme"));
        FieldValues server = configuration(psa, acme, "SRV-01");
        psa.delete(acme);
        Rejected rejected = catchThrowableOfType(Rejected.class, () -> psa.create(draft(server)));
        assertThat(rejected.problems()).extracting(Problem::field).containsExactly(ConfigurationFields.ORGANIZATION);
    }

    @Test
    void aReferenceToTheHostsRecordsIsAFaultOfTheCaller() {
        FieldValues server = configuration(psa, psa.put(organization("Acme")), "SRV-01")
                .with(ConfigurationFields.ORGANIZATION, LocalRef.of(ORGANIZATION, "organization-1"));
        assertThatThrownBy(() -> psa.create(draft(server)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("organization-1");
    }

    @Test
    @DisplayName("P8: the journal names every write with its values")
    void keepsAJournal() {
        RemoteRecord seen = readOne(psa, psa.put(organization("Acme")));
        update(seen, organization("Acme Ltd"));
        assertThatThrownBy(() -> psa.create(draft(FieldValues.empty(ORGANIZATION))))
                .isInstanceOf(Rejected.class);
        assertThat(psa.journal().writes())
                .containsExactly(
                        new Call(
                                Operation.UPDATE,
                                ORGANIZATION,
                                List.of(seen.id()),
                                organization("Acme Ltd"),
                                true,
                                null),
                        new Call(
                                Operation.CREATE,
                                ORGANIZATION,
                                List.of(),
                                FieldValues.empty(ORGANIZATION),
                                false,
                                "Rejected"));
        assertThat(psa.journal().count(Operation.READ)).isOne();
        assertThat(psa.journal()).hasToString("""
                READ ORGANIZATION [101]
                UPDATE ORGANIZATION [101] {name=Acme Ltd}
                CREATE ORGANIZATION {} -> Rejected""");
        assertThat(psa.requests()).isEqualTo(3);
        psa.journal().clear();
        assertThat(psa.journal().calls()).isEmpty();
    }

    @Test
    @DisplayName("C3.1: a choice that the connector wrote carries the name of the PSA's list")
    void writesTheChoiceOfTheList() {
        Choice customer = psa.choice(OrganizationFields.TYPES, "Customer");
        Choice outdated = new Choice(customer.id(), "Client");
        psa.create(draft(organization("Acme").with(OrganizationFields.TYPES, Set.of(outdated))));
        assertThat(psa.all(ORGANIZATION).get(0).values().get(OrganizationFields.TYPES))
                .extracting(Choice::name)
                .containsExactly("Customer");
    }

    @Test
    void anUpdateOfAConfigurationKeepsItsOrganization() {
        RemoteRef server = psa.put(configuration(psa, psa.put(organization("Acme")), "SRV-01"));
        FieldValues notes = FieldValues.empty(CONFIGURATION).with(ConfigurationFields.NOTES, "rack 4");
        FieldValues before = readOne(psa, server).values();
        update(readOne(psa, server), notes);
        assertThat(readOne(psa, server).values()).isEqualTo(before.overlaidWith(notes));
    }

    private WriteResult update(RemoteRecord seen, FieldValues changes) {
        return psa.update(new RemoteUpdate(seen, changes, WriteOptions.NONE));
    }

    private static FieldValues shortName(String text) {
        return organization("Acme").with(OrganizationFields.SHORT_NAME, text);
    }
}
