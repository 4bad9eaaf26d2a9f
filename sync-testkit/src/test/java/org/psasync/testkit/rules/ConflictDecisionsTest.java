package org.psasync.testkit.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.psasync.model.AssetKind.CONFIGURATION;
import static org.psasync.model.AssetKind.CONTACT;
import static org.psasync.model.AssetKind.LOCATION;

import java.time.Duration;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.psasync.engine.Disposition;
import org.psasync.engine.SyncSettings.ConflictPolicy;
import org.psasync.engine.manage.ReviewAnswer;
import org.psasync.engine.manage.ReviewItem;
import org.psasync.engine.manage.ReviewQueue;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.ContactFields;
import org.psasync.model.ContactPoint;
import org.psasync.model.FieldValues;
import org.psasync.model.LocalRef;
import org.psasync.model.LocationFields;
import org.psasync.model.Origin;
import org.psasync.model.RemoteRef;
import org.psasync.store.Event;
import org.psasync.testkit.Fault;
import org.psasync.testkit.Operation;

/** A person takes one side's value of a field that both sides changed (MERGE-5). */
class ConflictDecisionsTest {
    private final Stage stage = new Stage();
    private RemoteRef remote;
    private LocalRef local;

    private void linked(Function<RemoteRef, RemoteRef> make) {
        remote = make.apply(stage.company("Acme"));
        stage.twoWay().engine.run();
        stage.configure(settings -> settings.conflicts(ConflictPolicy.ASK));
        stage.later(Duration.ofMinutes(5));
        local = stage.localOf(remote);
    }

    private void clashOfNotes() {
        linked(acme -> stage.server(acme, "SRV-1"));
        stage.psaEdits(remote, ConfigurationFields.NOTES, "theirs");
        stage.userSaves(local, ConfigurationFields.NOTES, "mine");
    }

    private ReviewQueue queue() {
        return stage.engine.as(Stage.MANAGER).reviews();
    }

    private ReviewItem item() {
        return queue().item(local)
                .orElseThrow(
                        () -> new AssertionError(stage.engine.explain(local).print()));
    }

    private ReviewItem.Clash clash() {
        return ((ReviewItem.Conflict) item().question()).clashes().get(0);
    }

    private Disposition done(ReviewAnswer answer) {
        assertThat(answer.decided()).as(answer.text()).isTrue();
        return ((ReviewAnswer.Decided) answer).standing();
    }

    private void runs(int count) {
        for (int i = 0; i < count; i++) {
            stage.later(Duration.ofMinutes(10)).engine.run();
        }
    }

    @Test
    @DisplayName("MERGE-5: a conflict is listed with the field and both values")
    void listsConflicts() {
        clashOfNotes();

        assertThat(queue().page(CONFIGURATION, null, 10).items()).containsExactly(item());
        assertThat(item().reason()).isEqualTo("Both sides changed notes.");
        assertThat(clash().local()).isEqualTo("mine");
        assertThat(clash().remote()).isEqualTo("theirs");
    }

    @Test
    @DisplayName("MERGE-5, MERGE-4: the local value is confirmed by the person, pushed at once, and the loser logged")
    void takesTheLocalValue() {
        clashOfNotes();

        assertThat(done(queue().takeLocal(item(), ConfigurationFields.NOTES))).isEqualTo(Disposition.IN_SYNC);

        assertThat(stage.inPsa(remote, ConfigurationFields.NOTES)).isEqualTo("mine");
        assertThat(stage.events(Event.Type.OVERWRITTEN)).singleElement().satisfies(event -> {
            assertThat(event.actor()).isEqualTo("mia");
            assertThat(event.changes()).containsExactly(new Event.Change(ConfigurationFields.NOTES, "theirs", "mine"));
            assertThat(event.reason()).contains("mia took the local value").contains("MERGE-5");
        });
        assertThat(stage.events(Event.Type.DECIDED)).hasSize(1);
        runs(2);
        assertThat(stage.inHost(local, ConfigurationFields.NOTES)).isEqualTo("mine");
        assertThat(queue().page(CONFIGURATION, null, 10).items()).isEmpty();
    }

    @Test
    @DisplayName("MERGE-5, MERGE-4: the PSA's value is pulled at once, and the local one logged")
    void takesThePsasValue() {
        clashOfNotes();

        assertThat(done(queue().takeRemote(item(), ConfigurationFields.NOTES))).isEqualTo(Disposition.IN_SYNC);

        assertThat(stage.inHost(local, ConfigurationFields.NOTES)).isEqualTo("theirs");
        assertThat(stage.events(Event.Type.OVERWRITTEN))
                .singleElement()
                .satisfies(event -> assertThat(event.changes())
                        .containsExactly(new Event.Change(ConfigurationFields.NOTES, "mine", "theirs")));
        runs(2);
        assertThat(stage.inPsa(remote, ConfigurationFields.NOTES)).isEqualTo("theirs");
    }

    @Test
    @DisplayName("MERGE-5, PUSH-5: a value that an import wrote is confirmed for this field only")
    void confirmsThatFieldOnly() {
        linked(acme -> stage.server(acme, "SRV-1"));
        stage.edits(
                local,
                FieldValues.of(CONFIGURATION)
                        .set(ConfigurationFields.NOTES, "imported")
                        .set(ConfigurationFields.ASSET_TAG, "T-1")
                        .build(),
                Origin.IMPORT);
        stage.psaEdits(remote, ConfigurationFields.NOTES, "theirs");
        runs(1);

        assertThat(done(queue().takeLocal(item(), ConfigurationFields.NOTES)))
                .isEqualTo(Disposition.AWAITING_CONFIRMATION);

        assertThat(stage.inPsa(remote, ConfigurationFields.NOTES)).isEqualTo("imported");
        assertThat(stage.inPsa(remote, ConfigurationFields.ASSET_TAG)).isNull();
    }

    @Test
    @DisplayName("MERGE-5: a decision is about two values; when one of them changed it is refused, or asked again")
    void holdsForTheseValuesOnly() {
        clashOfNotes();
        ReviewItem old = item();
        stage.edits(local, ConfigurationFields.NOTES, "mine again", Origin.USER);
        ReviewAnswer refused = queue().takeRemote(old, ConfigurationFields.NOTES);
        assertThat(refused.decided()).isFalse();
        assertThat(refused.text()).contains("changed since it was listed");
        assertThat(stage.inHost(local, ConfigurationFields.NOTES)).isEqualTo("mine again");

        ReviewItem now = item();
        stage.psaEdits(remote, ConfigurationFields.NOTES, "theirs again"); // nobody has seen this yet
        assertThat(done(queue().takeLocal(now, ConfigurationFields.NOTES))).isEqualTo(Disposition.CONFLICT_TO_DECIDE);
        assertThat(stage.inPsa(remote, ConfigurationFields.NOTES)).isEqualTo("theirs again");
        assertThat(clash().remote()).isEqualTo("theirs again");
        assertThat(queue().takeLocal(item(), ConfigurationFields.SERIAL_NUMBER).text())
                .contains("no conflict about serial number");
    }

    @Test
    @DisplayName("MERGE-5, PUSH-13: a decision survives a PSA that is away and a restart")
    void carriesOutLater() {
        clashOfNotes();
        ReviewItem item = item();
        stage.psa.faults().next(Fault.unavailable().on(Operation.READ));

        assertThat(done(queue().takeLocal(item, ConfigurationFields.NOTES))).isEqualTo(Disposition.CHANGE_WAITING);

        stage.engine = stage.newEngine();
        runs(1);
        assertThat(stage.inPsa(remote, ConfigurationFields.NOTES)).isEqualTo("mine");
    }

    @Test
    @DisplayName("MERGE-5, STATE-4: a decision survives that the record is an orphan before it is carried out")
    void carriesOutOnceItReturns() {
        clashOfNotes();
        stage.psa.faults().next(Fault.unavailable().on(Operation.READ));
        assertThat(done(queue().takeLocal(item(), ConfigurationFields.NOTES))).isEqualTo(Disposition.CHANGE_WAITING);

        stage.psaEdits(remote, ConfigurationFields.STATUS, stage.choice(ConfigurationFields.STATUS, "Inactive"));
        runs(1);
        assertThat(stage.engine.explain(local).disposition()).isEqualTo(Disposition.ORPHANED);
        stage.psaEdits(remote, ConfigurationFields.STATUS, stage.choice(ConfigurationFields.STATUS, "Active"));
        runs(1);

        assertThat(stage.inPsa(remote, ConfigurationFields.NOTES)).isEqualTo("mine");
    }

    private void clashOfAddresses() {
        linked(acme -> stage.site(acme, "Main", "Tampa"));
        stage.psaEdits(remote, LocationFields.CITY, "Miami");
        stage.userSaves(local, LocationFields.ADDRESS_1, "1 Main Street");
    }

    @Test
    @DisplayName("MERGE-3, MERGE-5: an address is decided as a whole, for the local one")
    void takesTheWholeLocalAddress() {
        clashOfAddresses();
        assertThat(clash().together()).contains(LocationFields.CITY, LocationFields.ADDRESS_1);

        assertThat(done(queue().takeLocal(item(), LocationFields.CITY))).isEqualTo(Disposition.IN_SYNC);

        assertThat(stage.inPsa(remote, LocationFields.CITY)).isEqualTo("Tampa");
        assertThat(stage.inPsa(remote, LocationFields.ADDRESS_1)).isEqualTo("1 Main Street");
    }

    @Test
    @DisplayName("MERGE-3, MERGE-5: an address is decided as a whole, for the PSA's")
    void takesTheWholeAddressOfThePsa() {
        clashOfAddresses();

        assertThat(done(queue().takeRemote(item(), LocationFields.ADDRESS_1))).isEqualTo(Disposition.IN_SYNC);

        assertThat(stage.inHost(local, LocationFields.CITY)).isEqualTo("Miami");
        assertThat(stage.inHost(local, LocationFields.ADDRESS_1)).isNull();
        assertThat(stage.all(LOCATION)).hasSize(1);
    }

    private void clashOfPrimaries() {
        linked(acme -> {
            RemoteRef ada = stage.contact(acme, "Ada", "Lovelace");
            stage.psaEdits(
                    ada,
                    ContactFields.EMAILS,
                    Set.of(
                            ContactPoint.primary("a@x.example"),
                            ContactPoint.further("b@x.example"),
                            ContactPoint.further("c@x.example")));
            return ada;
        });
        stage.psaEdits(
                remote,
                ContactFields.EMAILS,
                Set.of(
                        ContactPoint.further("a@x.example"),
                        ContactPoint.primary("b@x.example"),
                        ContactPoint.further("c@x.example"),
                        ContactPoint.further("psa@x.example")));
        stage.userSaves(
                local,
                FieldValues.empty(CONTACT)
                        .with(
                                ContactFields.EMAILS,
                                Set.of(
                                        ContactPoint.further("a@x.example"),
                                        ContactPoint.further("b@x.example"),
                                        ContactPoint.primary("c@x.example"),
                                        ContactPoint.further("host@x.example"))));
    }

    private static Set<ContactPoint> all(String primary) {
        return Set.of(
                point("a@x.example", primary),
                point("b@x.example", primary),
                point("c@x.example", primary),
                point("psa@x.example", primary),
                point("host@x.example", primary));
    }

    private static ContactPoint point(String address, String primary) {
        return address.equals(primary) ? ContactPoint.primary(address) : ContactPoint.further(address);
    }

    @Test
    @DisplayName("MERGE-3, MERGE-5: of a list the primary item is decided, and what both sides added stays")
    void takesThePrimaryOfOneSide() {
        clashOfPrimaries();
        done(queue().takeLocal(item(), ContactFields.EMAILS));
        runs(1);
        assertThat(stage.inPsa(remote, ContactFields.EMAILS)).isEqualTo(all("c@x.example"));
        assertThat(stage.inHost(local, ContactFields.EMAILS)).isEqualTo(all("c@x.example"));
        assertThat(stage.engine.explain(local).disposition()).isEqualTo(Disposition.IN_SYNC);
    }

    @Test
    @DisplayName("MERGE-3, MERGE-5: the PSA's primary item is taken, and what both sides added stays")
    void takesThePrimaryOfThePsa() {
        clashOfPrimaries();
        done(queue().takeRemote(item(), ContactFields.EMAILS));
        runs(1);
        assertThat(stage.inPsa(remote, ContactFields.EMAILS)).isEqualTo(all("b@x.example"));
        assertThat(stage.inHost(local, ContactFields.EMAILS)).isEqualTo(all("b@x.example"));
    }

    @Test
    @DisplayName("MERGE-5: other fields in conflict wait for their own decision")
    void decidesFieldByField() {
        linked(acme -> stage.server(acme, "SRV-1"));
        stage.psaEdits(remote, ConfigurationFields.NOTES, "theirs");
        stage.psaEdits(remote, ConfigurationFields.ASSET_TAG, "T-theirs");
        stage.userSaves(
                local,
                FieldValues.of(CONFIGURATION)
                        .set(ConfigurationFields.NOTES, "mine")
                        .set(ConfigurationFields.ASSET_TAG, "T-mine")
                        .build());

        assertThat(done(queue().takeLocal(item(), ConfigurationFields.NOTES)))
                .isEqualTo(Disposition.CONFLICT_TO_DECIDE);
        assertThat(done(queue().takeRemote(item(), ConfigurationFields.ASSET_TAG)))
                .isEqualTo(Disposition.IN_SYNC);

        assertThat(stage.inPsa(remote, ConfigurationFields.NOTES)).isEqualTo("mine");
        assertThat(stage.inHost(local, ConfigurationFields.ASSET_TAG)).isEqualTo("T-theirs");
    }
}
