package org.psasync.testkit.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.psasync.model.AssetKind.CONFIGURATION;
import static org.psasync.model.AssetKind.ORGANIZATION;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.psasync.engine.Disposition;
import org.psasync.engine.PushResult;
import org.psasync.engine.RunReport;
import org.psasync.model.AssetKind;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.FieldValues;
import org.psasync.model.LocalRef;
import org.psasync.model.Origin;
import org.psasync.model.Problem;
import org.psasync.model.RemoteRef;
import org.psasync.store.Pair;
import org.psasync.store.Trouble;
import org.psasync.testkit.FakeKind;
import org.psasync.testkit.Fault;
import org.psasync.testkit.Operation;

/** What a create without answer became, and what waits until that is known (SAFE-1). */
class LostCreateTest {
    private Stage stage = new Stage();
    private RemoteRef acme;

    private void begin() {
        begin(configurations -> {});
    }

    private void begin(Consumer<FakeKind> configurations) {
        stage = new Stage(psa -> psa.kind(CONFIGURATION, configurations), host -> {});
        acme = stage.company("Acme");
        stage.twoWay().engine.run();
        stage.later(Duration.ofMinutes(1));
    }

    private FieldValues serverValues(String name) {
        return stage.serverValues(stage.localOf(acme), name);
    }

    private LocalRef newServer(FieldValues values) {
        return stage.creates(values, Origin.USER).ref();
    }

    private LocalRef lost(Fault fault, FieldValues values) {
        LocalRef local = newServer(values);
        stage.psa.faults().next(fault.on(Operation.CREATE));
        stage.engine.saved(local);
        return local;
    }

    private void runs(int count) {
        for (int i = 0; i < count; i++) {
            stage.later(Duration.ofMinutes(10)).engine.run();
        }
    }

    private Trouble.Review review(LocalRef local) {
        return stage.state().byLocal(local).orElseThrow().trouble().review();
    }

    private RemoteRef remoteOf(LocalRef local) {
        return Objects.requireNonNull(
                stage.state().byLocal(local).map(Pair::remoteRef).orElse(null), "not linked");
    }

    @Test
    @DisplayName("SAFE-1: a reference changed while the answer was missing is pushed once the record is found")
    void pushesAReferenceChangedMeanwhile() {
        begin();
        RemoteRef main = stage.site(acme, "Main", "Tampa");
        RemoteRef branch = stage.site(acme, "Branch", "Miami");
        runs(1);
        LocalRef local =
                lost(Fault.answerLost(), serverValues("SRV-9").with(ConfigurationFields.LOCATION, stage.localOf(main)));
        stage.later(Duration.ofSeconds(1));
        stage.userSaves(local, ConfigurationFields.LOCATION, stage.localOf(branch));

        runs(4);

        assertThat(stage.inPsa(remoteOf(local), ConfigurationFields.LOCATION)).isEqualTo(branch);
        assertThat(stage.inHost(local, ConfigurationFields.LOCATION)).isEqualTo(stage.localOf(branch));
    }

    @Test
    @DisplayName("SAFE-1: a record that bears the draft's mark is the result, whatever name the PSA gave it")
    void trustsAMark() {
        begin(FakeKind::marking);
        stage.psa.faults().next(Fault.reformats(ConfigurationFields.NAME, name -> "X-" + name));
        LocalRef local = lost(Fault.answerLost(), serverValues("SRV-9"));

        stage.engine.run();
        assertThat(stage.all(CONFIGURATION)).as("held, not pulled").hasSize(1);
        runs(4);

        assertThat(stage.psa.all(CONFIGURATION)).hasSize(1);
        assertThat(stage.all(CONFIGURATION)).hasSize(1);
        assertThat(stage.engine.explain(local).disposition()).isEqualTo(Disposition.IN_SYNC);
    }

    @Test
    @DisplayName("SAFE-1: a new record under another name, which may be the result, is left to a person")
    void asksAboutAnotherName() {
        begin();
        stage.psa.faults().next(Fault.reformats(ConfigurationFields.NAME, name -> "X-" + name));
        LocalRef local = lost(Fault.answerLost(), serverValues("SRV-9"));

        runs(4);

        assertThat(stage.psa.all(CONFIGURATION)).as("not made twice").hasSize(1);
        assertThat(stage.all(CONFIGURATION)).as("not pulled").hasSize(1);
        assertThat(review(local)).isNotNull();
        assertThat(review(local).candidates())
                .extracting(candidate -> candidate.record())
                .containsExactly(stage.psa.all(CONFIGURATION).get(0).ref());
    }

    @Test
    @DisplayName("SAFE-1: a record that was there before, or has another serial number, is not the result")
    void leavesOldRecordsAlone() {
        begin(FakeKind::withoutCreationTimes);
        RemoteRef there = stage.psa.put(stage.serverValues(acme, "SRV-9")
                .with(ConfigurationFields.SERIAL_NUMBER, "old")
                .with(ConfigurationFields.STATUS, stage.choice(ConfigurationFields.STATUS, "Retired")));
        runs(1);
        LocalRef local =
                lost(Fault.requestLost(), serverValues("SRV-9").with(ConfigurationFields.SERIAL_NUMBER, "new"));

        runs(5);

        assertThat(stage.psa.all(CONFIGURATION)).hasSize(2);
        assertThat(remoteOf(local)).isNotEqualTo(there);
        assertThat(stage.inPsa(remoteOf(local), ConfigurationFields.SERIAL_NUMBER))
                .isEqualTo("new");
    }

    @Test
    @DisplayName("SAFE-1: what may be the result of an open create matches no other record, and nobody takes its name")
    void keepsTheResultForItsOwner() {
        begin();
        LocalRef first = lost(Fault.answerLost(), serverValues("SRV-9"));
        stage.later(Duration.ofSeconds(1));
        stage.userSaves(first, ConfigurationFields.NAME, "renamed");
        LocalRef second = newServer(serverValues("SRV-9"));

        PushResult result = stage.engine.saved(second);

        assertThat(result).as(result.text()).isInstanceOf(PushResult.Waiting.class);
        assertThat(stage.engine.explain(second).disposition()).isEqualTo(Disposition.UNCERTAIN);
        runs(5);
        assertThat(stage.psa.all(CONFIGURATION)).hasSize(2);
        assertThat(stage.all(CONFIGURATION)).hasSize(2);
        assertThat(stage.inPsa(remoteOf(first), ConfigurationFields.NAME)).isEqualTo("renamed");
        assertThat(stage.inPsa(remoteOf(second), ConfigurationFields.NAME)).isEqualTo("SRV-9");
    }

    @Test
    @DisplayName("SAFE-1: a record that is being made is not linked with a PSA record that has its new name")
    void matchesNoRecordThatIsBeingMade() {
        begin();
        FieldValues retired = stage.serverValues(acme, "SRV-1")
                .with(ConfigurationFields.STATUS, stage.choice(ConfigurationFields.STATUS, "Retired"));
        RemoteRef old = stage.psa.put(retired);
        runs(1);
        stage.later(Duration.ofHours(1));
        LocalRef local = lost(Fault.answerLost(), serverValues("SRV-9"));
        stage.later(Duration.ofSeconds(1));
        stage.userSaves(local, ConfigurationFields.NAME, "SRV-1");
        stage.psaEdits(old, ConfigurationFields.STATUS, stage.choice(ConfigurationFields.STATUS, "Active"));

        stage.engine.run();
        assertThat(stage.engine.explain(old).disposition()).isEqualTo(Disposition.UNCERTAIN);
        runs(5);

        assertThat(remoteOf(local)).isNotEqualTo(old);
        assertThat(stage.psa.all(CONFIGURATION)).hasSize(2);
        assertThat(stage.localOf(old)).isNotEqualTo(local);
    }

    @Test
    @DisplayName("SAFE-1: what was held is let go as soon as the result is found")
    void letsGoWhatWasHeld() {
        begin();
        lost(Fault.answerLost(), serverValues("SRV-9"));
        RemoteRef other = stage.server(acme, "SRV-10");

        stage.engine.run();
        assertThat(stage.engine.explain(other).disposition()).isEqualTo(Disposition.UNCERTAIN);
        runs(1);

        assertThat(stage.all(CONFIGURATION)).hasSize(2);
        assertThat(stage.engine.explain(other).disposition()).isEqualTo(Disposition.IN_SYNC);
    }

    @Test
    @DisplayName("PUSH-7: a refusal as duplicate is doubt, with the record as candidate, and is not sent again")
    void doubtsADuplicate() {
        begin();
        LocalRef local = newServer(serverValues("SRV-9").with(ConfigurationFields.SERIAL_NUMBER, "S-1"));
        RemoteRef there =
                stage.psa.put(stage.serverValues(acme, "SRV-9").with(ConfigurationFields.SERIAL_NUMBER, "S-2"));
        stage.psa
                .faults()
                .next(Fault.rejected(Problem.ofRecord(Problem.Code.DUPLICATE, "There is an SRV-9."))
                        .on(Operation.CREATE));

        PushResult result = stage.engine.saved(local);

        assertThat(result).as(result.text()).isInstanceOf(PushResult.Waiting.class);
        assertThat(stage.engine.explain(local).disposition()).isEqualTo(Disposition.IN_REVIEW);
        assertThat(review(local).candidates())
                .extracting(candidate -> candidate.record())
                .containsExactly(there);
        stage.later(Duration.ofDays(2));
        runs(2);
        assertThat(stage.engine.explain(local).disposition()).isEqualTo(Disposition.IN_REVIEW);
        assertThat(stage.psa.journal().count(Operation.CREATE)).isEqualTo(1);
    }

    @Test
    @DisplayName("SAFE-1: absence under other rights proves nothing, though the last check is hours old")
    void asksWhenTheRightsChanged() {
        begin();
        LocalRef local = lost(Fault.requestLost(), serverValues("SRV-9"));
        stage.psa.faults().withdraw(AssetKind.TICKET);

        runs(5);

        assertThat(stage.psa.all(CONFIGURATION)).isEmpty();
        assertThat(review(local)).isNotNull();
    }

    @Test
    @DisplayName("STATE-10, SAFE-1: rights that are seen to be others when a create is looked for make a full check")
    void checksAgainUnderOtherRights() {
        begin();
        LocalRef local = lost(Fault.requestLost(), serverValues("SRV-9"));
        stage.psa.faults().withdraw(AssetKind.TICKET);

        List<RunReport> reports = new ArrayList<>();
        for (int i = 0; i < 10 && review(local) == null; i++) {
            reports.add(stage.later(Duration.ofMinutes(10)).engine.run());
        }
        reports.add(stage.later(Duration.ofMinutes(10)).engine.run());

        assertThat(reports.stream().filter(RunReport::fullCheck)).containsExactly(reports.get(reports.size() - 1));
    }

    @Test
    @DisplayName("SAFE-1: that a kind may not be read, as it was before the create, makes no difference to its outcome")
    void makesItAgainWithTheSameRights() {
        begin();
        stage.psa
                .faults()
                .choose((operation, kind) -> operation == Operation.CHANGES && kind == AssetKind.CONTACT
                        ? Fault.forbidden("Inquire Contacts")
                        : null);
        runs(1);
        LocalRef local = newServer(serverValues("SRV-9"));
        stage.psa.faults().next(Fault.requestLost().on(Operation.CREATE));
        stage.engine.saved(local);

        runs(5);

        assertThat(review(local)).isNull();
        assertThat(stage.psa.all(CONFIGURATION)).hasSize(1);
    }

    @Test
    @DisplayName("PUSH-13: nothing is made below an organization that is gone since it was last read")
    void makesNothingBelowWhatIsGone() {
        begin();
        LocalRef local = newServer(serverValues("SRV-9"));
        stage.psa.delete(acme);
        stage.psa.journal().clear();

        stage.engine.saved(local);

        assertThat(stage.psa.journal().count(Operation.CREATE)).isZero();
        assertThat(stage.engine.explain(stage.localOf(acme)).disposition()).isEqualTo(Disposition.ORPHANED);
        runs(2);
        assertThat(stage.psa.journal().count(Operation.CREATE)).isZero();
        stage.psa.undelete(acme);
        runs(8);
        assertThat(stage.psa.all(CONFIGURATION)).hasSize(1);
        assertThat(stage.psa.all(ORGANIZATION)).hasSize(1);
    }
}
