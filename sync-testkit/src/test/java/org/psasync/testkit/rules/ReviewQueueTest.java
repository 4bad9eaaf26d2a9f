package org.psasync.testkit.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.psasync.model.AssetKind.CONFIGURATION;
import static org.psasync.model.AssetKind.CONTACT;
import static org.psasync.model.AssetKind.ORGANIZATION;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.psasync.engine.Actor;
import org.psasync.engine.Disposition;
import org.psasync.engine.NotAllowedException;
import org.psasync.engine.SyncSettings.OnDoubt;
import org.psasync.engine.manage.ReviewAnswer;
import org.psasync.engine.manage.ReviewItem;
import org.psasync.engine.manage.ReviewQueue;
import org.psasync.engine.manage.Suggestion;
import org.psasync.model.AssetKind;
import org.psasync.model.AssetRef;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.FieldValues;
import org.psasync.model.LocalRef;
import org.psasync.model.OrganizationFields;
import org.psasync.model.Origin;
import org.psasync.model.Problem;
import org.psasync.model.RemoteRef;
import org.psasync.store.Candidate;
import org.psasync.store.Event;
import org.psasync.store.IntegrationState;
import org.psasync.testkit.Fault;
import org.psasync.testkit.Operation;

/** What a person may do about doubts (MATCH-5, MATCH-6). */
class ReviewQueueTest {
    private Stage stage = new Stage();
    private RemoteRef acme;

    private void begin() {
        acme = stage.company("Acme");
        stage.twoWay().engine.run();
        stage.later(Duration.ofMinutes(5));
    }

    private ReviewQueue queue() {
        return stage.engine.as(Stage.MANAGER).reviews();
    }

    private List<ReviewItem> items(AssetKind kind) {
        return queue().page(kind, null, 100).items();
    }

    private ReviewItem item(AssetRef record) {
        return queue().item(record).orElseThrow(() -> new AssertionError(explain(record)));
    }

    private String explain(AssetRef record) {
        return (record instanceof LocalRef local
                        ? stage.engine.explain(local)
                        : stage.engine.explain((RemoteRef) record))
                .print();
    }

    private Disposition standing(AssetRef record) {
        return record instanceof LocalRef local
                ? stage.engine.explain(local).disposition()
                : stage.engine.explain((RemoteRef) record).disposition();
    }

    private void runs(int count) {
        for (int i = 0; i < count; i++) {
            stage.later(Duration.ofMinutes(10)).engine.run();
        }
    }

    private FieldValues localServer(String name) {
        return stage.serverValues(stage.localOf(acme), name);
    }

    private LocalRef imported(FieldValues values) {
        return stage.creates(values, Origin.IMPORT).ref();
    }

    private LocalRef saved(FieldValues values) {
        LocalRef local = stage.creates(values, Origin.USER).ref();
        stage.engine.saved(local);
        return local;
    }

    private static ReviewAnswer done(ReviewAnswer answer) {
        assertThat(answer.decided()).as(answer.text()).isTrue();
        return answer;
    }

    private static void refused(ReviewAnswer answer, String text) {
        assertThat(answer).isInstanceOf(ReviewAnswer.Refused.class);
        assertThat(answer.text()).contains(text);
    }

    /** Two PSA records that are the same as one local record that nobody confirmed. */
    private record Twins(LocalRef local, RemoteRef first, RemoteRef second) {}

    private Twins twins() {
        begin();
        LocalRef local = imported(localServer("SRV-2"));
        RemoteRef first = stage.server(acme, "SRV-2");
        RemoteRef second = stage.server(acme, "SRV-2");
        runs(1);
        return new Twins(local, first, second);
    }

    /** A PSA record and a confirmed local one, of which only the local one has a serial number. */
    private record Doubt(LocalRef local, RemoteRef remote) {}

    private Doubt doubt() {
        begin();
        RemoteRef remote = stage.server(acme, "SRV-1");
        LocalRef local = saved(localServer("SRV-1").with(ConfigurationFields.SERIAL_NUMBER, "S-1"));
        runs(1);
        return new Doubt(local, remote);
    }

    @Test
    @DisplayName("MATCH-5: a doubt is listed with its record, its candidates, why each is one, and since when")
    void listsDoubts() {
        Twins twins = twins();
        Instant asked = stage.clock.instant();
        runs(3);

        assertThat(items(CONFIGURATION)).extracting(ReviewItem::remote).containsOnly(twins.first(), twins.second());
        ReviewItem item = item(twins.first());
        assertThat(item.title()).isEqualTo("SRV-2");
        assertThat(item.since()).isEqualTo(asked);
        assertThat(item.reason()).startsWith("Several records of one side");
        assertThat(item.candidates()).extracting(Candidate::record).containsExactly(twins.local());
        assertThat(item.candidates().get(0).why()).startsWith("It has the same");
    }

    @Test
    @DisplayName("MATCH-5: the queue is read in pages, in the order of pair ids")
    void listsPages() {
        begin();
        imported(localServer("SRV-2"));
        for (int i = 0; i < 5; i++) {
            stage.server(acme, "SRV-2");
        }
        runs(1);

        var first = queue().page(CONFIGURATION, null, 3);
        var second = queue().page(CONFIGURATION, first.next(), 3);

        assertThat(first.items()).hasSize(3);
        assertThat(second.items()).hasSize(2).doesNotContainAnyElementsOf(first.items());
        assertThat(second.next()).isNull();
        assertThat(items(CONFIGURATION)).hasSize(5);
    }

    @Test
    @DisplayName("MATCH-5: what a person links is a link at once, with the person's name in the event log")
    void links() {
        Twins twins = twins();

        ReviewAnswer answer = done(queue().link(item(twins.first()), twins.local()));

        assertThat(stage.localOf(twins.first())).isEqualTo(twins.local());
        assertThat(answer).isEqualTo(new ReviewAnswer.Decided(Disposition.IN_SYNC, answer.text()));
        assertThat(stage.events(Event.Type.LINKED)).anySatisfy(event -> {
            assertThat(event.actor()).isEqualTo("mia");
            assertThat(event.local()).isEqualTo(twins.local().id());
            assertThat(event.remote()).isEqualTo(twins.first().id());
            assertThat(event.reason()).contains("MATCH-5");
        });
        runs(1);
        assertThat(stage.all(CONFIGURATION))
                .as("the other twin is like nothing now")
                .hasSize(2);
        assertThat(items(CONFIGURATION)).isEmpty();
    }

    @Test
    @DisplayName("MATCH-5, PULL-1: what a person lets be made is made in the host, once")
    void createsInTheHost() {
        Twins twins = twins();

        ReviewAnswer answer = done(queue().create(item(twins.first())));

        assertThat(((ReviewAnswer.Decided) answer).standing()).isEqualTo(Disposition.IN_SYNC);
        assertThat(stage.localOf(twins.first())).isNotEqualTo(twins.local());
        runs(2);
        assertThat(stage.all(CONFIGURATION)).hasSize(2);
        assertThat(stage.events(Event.Type.DECIDED))
                .singleElement()
                .satisfies(event -> assertThat(event.actor()).isEqualTo("mia"));
    }

    @Test
    @DisplayName("MATCH-5, PUSH-7: what a person lets be made is pushed, once, and nothing is asked about it again")
    void createsInThePsa() {
        begin();
        RemoteRef vendor = stage.company("Globex", "Vendor");
        runs(1);
        LocalRef local = saved(FieldValues.of(ORGANIZATION)
                .set(OrganizationFields.NAME, "Globex")
                .set(OrganizationFields.TYPES, Set.of(stage.choice(OrganizationFields.TYPES, "Customer")))
                .set(OrganizationFields.STATUS, stage.choice(OrganizationFields.STATUS, "Active"))
                .build());
        ReviewItem item = item(local);
        assertThat(item.candidates()).extracting(Candidate::record).containsExactly(vendor);
        assertThat(item.candidates().get(0).why()).contains("MATCH-9");

        done(queue().create(item));
        runs(2);

        assertThat(standing(local)).isEqualTo(Disposition.IN_SYNC);
        assertThat(stage.psa.all(ORGANIZATION)).hasSize(3);
        assertThat(items(ORGANIZATION)).isEmpty();
    }

    @Test
    @DisplayName("MATCH-5: what is ignored stays alone on both sides until it is taken up again, and explain says so")
    void ignores() {
        Doubt doubt = doubt();
        assertThat(items(CONFIGURATION)).hasSize(1);

        done(queue().ignore(item(doubt.remote())));
        runs(3);

        for (AssetRef record : List.of(doubt.remote(), doubt.local())) {
            assertThat(standing(record)).isEqualTo(Disposition.NOT_SELECTED);
            assertThat(explain(record)).contains("mia").contains("MATCH-5").contains("Take it up again");
        }
        assertThat(stage.all(CONFIGURATION)).hasSize(1);
        assertThat(stage.psa.all(CONFIGURATION)).hasSize(1);
        assertThat(items(CONFIGURATION)).isEmpty();
        ReviewItem ignored = queue().ignored(CONFIGURATION, null, 100).items().get(0);
        assertThat(ignored.remote()).isEqualTo(doubt.remote());
        assertThat(((ReviewItem.Ignored) ignored.question()).about()).containsExactly(doubt.local());

        done(queue().reopen(ignored));

        assertThat(standing(doubt.remote())).isEqualTo(Disposition.IN_REVIEW);
        assertThat(standing(doubt.local())).isEqualTo(Disposition.IN_REVIEW);
        assertThat(queue().ignored(CONFIGURATION, null, 100).items()).isEmpty();
        assertThat(stage.events(Event.Type.DECIDED))
                .hasSize(2)
                .allSatisfy(event -> assertThat(event.actor()).isEqualTo("mia"));
    }

    @Test
    @DisplayName("MATCH-5: a doubt that both sides have is one item, and one decision")
    void asksOnce() {
        Doubt doubt = doubt();
        assertThat(standing(doubt.remote())).isEqualTo(Disposition.IN_REVIEW);
        assertThat(standing(doubt.local())).isEqualTo(Disposition.IN_REVIEW);

        ReviewItem item = items(CONFIGURATION).get(0);

        assertThat(items(CONFIGURATION)).hasSize(1);
        assertThat(item.remote()).isEqualTo(doubt.remote());
        done(queue().create(item));
        runs(1);
        assertThat(items(CONFIGURATION)).isEmpty();
        assertThat(stage.all(CONFIGURATION)).hasSize(2);
        assertThat(stage.psa.all(CONFIGURATION))
                .as("they are two, so each goes across")
                .hasSize(2);
    }

    @Test
    @DisplayName("MATCH-5: another key, or another candidate, is a new question")
    void asksAgain() {
        Doubt doubt = doubt();
        done(queue().ignore(item(doubt.remote())));
        runs(1);

        LocalRef another = imported(localServer("SRV-1").with(ConfigurationFields.SERIAL_NUMBER, "S-2"));
        runs(1);

        ReviewItem item = item(doubt.remote());
        assertThat(item.question()).isInstanceOf(ReviewItem.Doubt.class);
        assertThat(item.candidates()).extracting(Candidate::record).containsExactlyInAnyOrder(doubt.local(), another);

        done(queue().ignore(item));
        stage.psaEdits(doubt.remote(), ConfigurationFields.SERIAL_NUMBER, "S-1");
        runs(1);
        assertThat(standing(doubt.remote()))
                .as("it is certainly the same now, but somebody decided otherwise")
                .isEqualTo(Disposition.IN_REVIEW);

        done(queue().ignore(item(doubt.remote())));
        stage.psaEdits(doubt.remote(), ConfigurationFields.NAME, "SRV-7");
        runs(1);
        assertThat(standing(doubt.remote())).as("it is like nothing now").isEqualTo(Disposition.IN_SYNC);
    }

    @Test
    @DisplayName("MATCH-5: an item that changed since it was listed is refused, and nothing happens")
    void refusesWhatChanged() {
        Twins twins = twins();
        ReviewItem old = item(twins.first());
        stage.psaEdits(twins.first(), ConfigurationFields.NOTES, "another");
        runs(1);
        var events = stage.engine.events(org.psasync.store.EventQuery.ALL).size();

        refused(queue().create(old), "changed since it was listed");
        refused(queue().ignore(old), "changed since it was listed");
        refused(queue().link(old, twins.local()), "changed since it was listed");

        assertThat(stage.all(CONFIGURATION)).hasSize(1);
        assertThat(stage.engine.events(org.psasync.store.EventQuery.ALL)).hasSize(events);
    }

    @Test
    @DisplayName("MATCH-7, P5: only two records of one kind that exist and are not linked can be linked")
    void checksWhatIsLinked() {
        Twins twins = twins();
        ReviewItem item = item(twins.first());

        refused(queue().link(item, twins.second()), "other side");
        refused(queue().link(item, stage.localOf(acme)), "same kind");
        refused(queue().link(item, LocalRef.of(CONFIGURATION, "nobody")), "has no");
        done(queue().link(item, twins.local()));
        ReviewItem second = item(twins.second());
        refused(queue().link(second, twins.local()), "linked already");
        stage.psa.delete(twins.second());
        refused(queue().link(second, imported(localServer("SRV-3"))), "does not show");
    }

    @Test
    @DisplayName("P5, MATCH-5: of two persons who link two records with the same one at once, one is refused")
    void linksOnlyOnce() {
        Twins twins = twins();
        ReviewItem first = item(twins.first());
        ReviewItem second = item(twins.second());
        Interruption interruption = new Interruption();
        var healthy = stage.engine;
        stage.engine = stage.newEngine(interruption.watching(IntegrationState.class, stage.state(), "commit"));
        interruption.before(() -> done(healthy.as(Stage.MANAGER).reviews().link(second, twins.local())));

        refused(queue().link(first, twins.local()), "changed since it was listed");

        stage.engine = healthy;
        assertThat(stage.localOf(twins.second())).isEqualTo(twins.local());
        runs(1);
        assertThat(stage.localOf(twins.first())).isNotEqualTo(twins.local());
        assertThat(stage.all(CONFIGURATION)).hasSize(2);
    }

    @Test
    @DisplayName("MATCH-5: what a run changes in the very moment of a decision refuses it, or comes after it")
    void decidesAgainstARun() {
        Twins twins = twins();
        ReviewItem item = item(twins.first());
        Interruption interruption = new Interruption();
        var healthy = stage.engine;
        stage.engine = stage.newEngine(interruption.watching(IntegrationState.class, stage.state(), "commit"));
        interruption.before(() -> {
            stage.psaEdits(twins.first(), ConfigurationFields.NAME, "renamed");
            healthy.run();
        });

        refused(queue().ignore(item), "changed since it was listed");

        stage.engine = healthy;
        assertThat(standing(twins.first())).isEqualTo(Disposition.IN_SYNC);
    }

    @Test
    @DisplayName("MATCH-5: any record of the other side can be named, and is checked")
    void linksAnyRecordThatIsNamed() {
        Twins twins = twins();
        LocalRef named = imported(localServer("something else"));

        done(queue().link(item(twins.first()), named));

        assertThat(stage.localOf(twins.first())).isEqualTo(named);
        assertThat(stage.inHost(named, ConfigurationFields.NAME)).as("MATCH-8").isEqualTo("SRV-2");
    }

    @Test
    @DisplayName("DATA-8: only who may manage decides")
    void asksForTheRole() {
        Twins twins = twins();
        assertThatThrownBy(() -> stage.engine.as(Actor.user("ursula")).reviews())
                .isInstanceOf(NotAllowedException.class)
                .hasMessageContaining("decide reviews");
        assertThat(standing(twins.first())).isEqualTo(Disposition.IN_REVIEW);
    }

    @Test
    @DisplayName("MATCH-5: a decision survives a restart and a side that is away, and the next run carries it out")
    void carriesOutLater() {
        Doubt doubt = doubt();
        ReviewItem item = item(doubt.remote());
        var healthy = stage.engine;
        stage.engine = BrokenHost.engine(stage, "write");

        done(queue().create(item));

        assertThat(stage.all(CONFIGURATION)).hasSize(1);
        stage.engine = stage.newEngine();
        runs(1);
        assertThat(stage.all(CONFIGURATION)).hasSize(2);
        assertThat(standing(doubt.remote())).isEqualTo(Disposition.IN_SYNC);
        stage.engine = healthy;
    }

    @Test
    @DisplayName("PUSH-7: what the PSA refused as a duplicate is sent once more when a person says so, or linked")
    void decidesDuplicates() {
        begin();
        stage.psa.put(stage.serverValues(acme, "SRV-9").with(ConfigurationFields.SERIAL_NUMBER, "S-2"));
        Fault refusal = Fault.rejected(Problem.ofRecord(Problem.Code.DUPLICATE, "There is an SRV-9."))
                .on(Operation.CREATE);
        stage.psa.faults().next(refusal);
        LocalRef local = saved(localServer("SRV-9").with(ConfigurationFields.SERIAL_NUMBER, "S-1"));
        stage.psa.faults().next(refusal);

        ReviewAnswer again = done(queue().create(item(local)));

        assertThat(((ReviewAnswer.Decided) again).standing()).isEqualTo(Disposition.IN_REVIEW);
        assertThat(stage.psa.journal().count(Operation.CREATE)).isEqualTo(2);
        runs(2);
        assertThat(stage.psa.journal().count(Operation.CREATE)).isEqualTo(2);
        done(queue().create(item(local)));
        assertThat(standing(local)).isEqualTo(Disposition.IN_SYNC);
    }

    @Test
    @DisplayName("SAFE-1: a person says what became of a create that cannot be looked for")
    void decidesLostCreates() {
        stage = new Stage(psa -> psa.kind(CONFIGURATION, kind -> kind.withoutFind()), host -> {});
        begin();
        stage.psa.faults().next(Fault.answerLost().on(Operation.CREATE));
        LocalRef made = saved(localServer("SRV-8"));
        stage.psa.faults().next(Fault.requestLost().on(Operation.CREATE));
        LocalRef lost = saved(localServer("SRV-9"));
        runs(3);
        ReviewItem item = item(made);
        assertThat(item.question()).isInstanceOf(ReviewItem.LostCreate.class);
        refused(queue().ignore(item), "Only a doubt");
        RemoteRef there = stage.psa.all(CONFIGURATION).get(0).ref();

        done(queue().link(item, there));
        done(queue().create(item(lost)));
        runs(2);

        assertThat(stage.localOf(there)).isEqualTo(made);
        assertThat(standing(lost)).isEqualTo(Disposition.IN_SYNC);
        assertThat(stage.psa.all(CONFIGURATION)).hasSize(2);
    }

    @Test
    @DisplayName("MATCH-6: similar names of the same kind and organization are suggested with a score, never applied")
    void suggests() {
        begin();
        RemoteRef globex = stage.company("Globex");
        runs(1);
        LocalRef near = imported(localServer("Mail Server 01"));
        imported(localServer("Printer"));
        imported(stage.serverValues(stage.localOf(globex), "Mail-Server 1"));
        imported(localServer("MAILSERVER"));
        LocalRef candidate = imported(localServer("Mail Server"));
        RemoteRef first = stage.server(acme, "Mail Server");
        stage.server(acme, "Mail Server");
        runs(1);

        List<Suggestion> suggestions = queue().suggestions(item(first));

        assertThat(suggestions).isNotEmpty();
        assertThat(suggestions.get(0).record()).isEqualTo(near);
        assertThat(suggestions)
                .allSatisfy(each -> assertThat(each.score()).isBetween(0.5, 1.0))
                .extracting(Suggestion::title)
                .doesNotContain("Printer", "Mail-Server 1");
        assertThat(suggestions).extracting(Suggestion::record).doesNotContain(candidate);
        runs(2);
        assertThat(stage.state().byLocal(near).filter(pair -> pair.linked())).isEmpty();
        done(queue().link(item(first), near));
    }

    @Test
    @DisplayName("MATCH-6: a local record in review is held against unlinked PSA records")
    void suggestsPsaRecords() {
        begin();
        RemoteRef vendor = stage.company("Globex", "Vendor");
        RemoteRef near = stage.company("Globex Inc", "Vendor");
        stage.company("Initech", "Vendor");
        runs(1);
        LocalRef local = saved(FieldValues.of(ORGANIZATION)
                .set(OrganizationFields.NAME, "Globex")
                .set(OrganizationFields.TYPES, Set.of(stage.choice(OrganizationFields.TYPES, "Customer")))
                .set(OrganizationFields.STATUS, stage.choice(OrganizationFields.STATUS, "Active"))
                .build());

        assertThat(item(local).candidates()).extracting(Candidate::record).containsExactly(vendor);
        assertThat(queue().suggestions(item(local)))
                .extracting(Suggestion::record)
                .containsExactly(near);
    }

    @Test
    @DisplayName("MATCH-5: LINK takes the best, whatever the order, and a tie is always decided in the same way")
    void linksTheBest() {
        for (boolean reversed : List.of(false, true)) {
            stage = new Stage();
            begin();
            stage.configure(settings -> settings.onDoubt(OnDoubt.LINK));
            LocalRef local = imported(localServer("SRV-2"));
            RemoteRef first = stage.server(acme, "SRV-2");
            RemoteRef second = stage.server(acme, "SRV-2");
            if (reversed) { // the second one is read and decided before the first
                stage.psa.edit(second, FieldValues.empty(CONFIGURATION).with(ConfigurationFields.NOTES, "a"));
                stage.later(Duration.ofMinutes(1));
                stage.psa.edit(first, FieldValues.empty(CONFIGURATION).with(ConfigurationFields.NOTES, "b"));
            }

            runs(2);

            assertThat(stage.localOf(first)).as("reversed %s", reversed).isEqualTo(local);
            assertThat(standing(second)).isEqualTo(Disposition.IN_SYNC);
            assertThat(stage.all(CONFIGURATION)).hasSize(2);
        }
    }

    @Test
    @DisplayName("MATCH-5: CREATE makes a new record of each")
    void createsOnDoubt() {
        begin();
        stage.configure(settings -> settings.onDoubt(OnDoubt.CREATE));
        imported(localServer("SRV-2"));
        stage.server(acme, "SRV-2");
        stage.server(acme, "SRV-2");

        runs(2);

        assertThat(stage.all(CONFIGURATION)).hasSize(3);
        assertThat(items(CONFIGURATION)).isEmpty();
    }

    @Test
    @DisplayName("MATCH-5: a kind without doubts has an empty queue")
    void answersNothing() {
        begin();
        assertThat(items(CONTACT)).isEmpty();
        assertThat(queue().item(acme)).isEmpty();
        assertThat(queue().item(RemoteRef.of(CONTACT, "9"))).isEmpty();
    }

    @Test
    @DisplayName("MATCH-5, STATE-10: a decision outlives that the PSA hides the record for a while")
    void keepsADecisionAboutWhatIsHidden() {
        begin();
        imported(localServer("SRV-1"));
        LocalRef twin = imported(localServer("SRV-1"));
        RemoteRef remote = stage.server(acme, "SRV-1");
        runs(1);
        done(queue().ignore(item(remote)));
        stage.host.delete(twin);
        runs(1);
        assertThat(standing(remote)).isEqualTo(Disposition.NOT_SELECTED);

        stage.psa.faults().hide(remote);
        stage.later(Duration.ofHours(25)).engine.run();
        assertThat(explain(remote)).contains("mia", "holds when it comes back");
        stage.psa.faults().show(remote);
        stage.later(Duration.ofHours(25)).engine.run();

        assertThat(standing(remote)).isEqualTo(Disposition.NOT_SELECTED);
        assertThat(stage.all(CONFIGURATION)).hasSize(1);
    }

    @Test
    @DisplayName(
            "PUSH-7, MATCH-9, P4: what the host makes again after a delete is not made twice in the PSA, but asked")
    void asksAboutWhatIsMadeAgain() {
        begin();
        RemoteRef server = stage.server(acme, "SRV-1");
        stage.server(acme, "SRV-2");
        runs(1);
        stage.host.delete(stage.localOf(server));
        runs(1);
        assertThat(standing(server)).isEqualTo(Disposition.DISABLED);

        LocalRef again = saved(localServer("SRV-1"));

        assertThat(standing(again)).isEqualTo(Disposition.IN_REVIEW);
        assertThat(explain(again)).contains("whose local one was deleted");
        assertThat(stage.psa.all(CONFIGURATION)).hasSize(2);
        stage.psaEdits(server, ConfigurationFields.NOTES, "theirs");
        done(queue().link(item(again), server));
        assertThat(stage.localOf(server)).isEqualTo(again);
        runs(2);
        assertThat(standing(again)).isEqualTo(Disposition.IN_SYNC);
        assertThat(stage.inHost(again, ConfigurationFields.NOTES)).isEqualTo("theirs");
        assertThat(stage.all(CONFIGURATION)).hasSize(2);
    }

    @Test
    @DisplayName(
            "STATE-6, DATA-4: what was deleted and made again is linked when the pair is reconnected, never by itself")
    void linksWhatIsReconnected() {
        begin();
        RemoteRef server = stage.server(acme, "SRV-1");
        stage.server(acme, "SRV-2");
        runs(1);
        stage.configure(settings -> settings.onDoubt(OnDoubt.LINK));
        stage.host.delete(stage.localOf(server));
        runs(1);
        LocalRef again = saved(localServer("SRV-1"));
        runs(2);
        assertThat(standing(again)).isEqualTo(Disposition.IN_REVIEW);

        stage.engine.as(Stage.MANAGER).manageData().reconnect(server);

        assertThat(stage.localOf(server)).isEqualTo(again);
        runs(1);
        assertThat(standing(again)).isEqualTo(Disposition.IN_SYNC);
        assertThat(stage.psa.all(CONFIGURATION)).hasSize(2);
    }
}
