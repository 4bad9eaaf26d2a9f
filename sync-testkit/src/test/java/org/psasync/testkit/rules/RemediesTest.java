package org.psasync.testkit.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;
import static org.psasync.model.AssetKind.CONFIGURATION;
import static org.psasync.model.AssetKind.CONTACT;
import static org.psasync.model.AssetKind.ORGANIZATION;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.psasync.engine.Disposition;
import org.psasync.engine.Explanation;
import org.psasync.engine.ManageData;
import org.psasync.engine.SyncSettings.ConflictPolicy;
import org.psasync.engine.manage.ReviewItem;
import org.psasync.engine.manage.ReviewQueue;
import org.psasync.engine.manage.Row;
import org.psasync.model.AssetRef;
import org.psasync.model.Choice;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.ContactFields;
import org.psasync.model.Field;
import org.psasync.model.FieldValues;
import org.psasync.model.LocalRef;
import org.psasync.model.OrganizationFields;
import org.psasync.model.Origin;
import org.psasync.model.Problem;
import org.psasync.model.RemoteRef;
import org.psasync.testkit.Fault;
import org.psasync.testkit.Operation;

/** Doing what explain says lets the record sync (WHY-1). */
class RemediesTest {
    private boolean hostRefuses;
    private final Stage stage = new Stage(
            psa -> psa.kind(
                    CONFIGURATION,
                    kind -> kind.required(ConfigurationFields.ASSET_TAG).maxLength(ConfigurationFields.NOTES, 20)),
            host -> host.refusing(change ->
                    hostRefuses ? List.of(Problem.ofRecord(Problem.Code.INVALID, "The name is taken.")) : List.of()));
    private final RemoteRef acme = stage.company("Acme");
    private RemoteRef server;
    private LocalRef local;

    /**
     * A record that does not sync.
     *
     * @param make brings it there
     * @param standing where it is then
     * @param remedy what explain says
     * @param act does just that
     */
    private record Case(
            String name,
            Function<RemediesTest, AssetRef> make,
            Disposition standing,
            String remedy,
            Consumer<RemediesTest> act) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Arguments> cases() {
        return Stream.of(notSelected(), selectable(), waiting(), decidable(), refused(), gone(), stopped())
                .flatMap(Function.identity())
                .map(each -> arguments(each));
    }

    private static Stream<Case> notSelected() {
        return Stream.of(
                new Case(
                        "type of a company",
                        test -> test.stage.company("Mill", "Vendor"),
                        Disposition.NOT_SELECTED,
                        "Select its type ‹Vendor› in the settings, or change it in Fake PSA to ‹Customer›.",
                        test -> test.configureTypes("Customer", "Vendor")),
                new Case(
                        "type of a company, changed",
                        test -> test.server = test.stage.company("Mill", "Vendor"),
                        Disposition.NOT_SELECTED,
                        "or change it in Fake PSA to ‹Customer›.",
                        test -> test.stage.psaEdits(
                                test.server,
                                OrganizationFields.TYPES,
                                Set.of(test.stage.choice(OrganizationFields.TYPES, "Customer")))),
                new Case(
                        "no type",
                        test -> test.server = test.stage.psa.put(test.company("Mill", Set.of())),
                        Disposition.NOT_SELECTED,
                        "Give it a type in Fake PSA, ‹Customer›.",
                        test -> test.stage.psaEdits(
                                test.server,
                                OrganizationFields.TYPES,
                                Set.of(test.stage.choice(OrganizationFields.TYPES, "Customer")))),
                new Case(
                        "no status",
                        test -> test.server = test.stage.psa.put(
                                test.company("Mill", Set.of(test.stage.choice(OrganizationFields.TYPES, "Customer")))
                                        .with(OrganizationFields.STATUS, null)),
                        Disposition.NOT_SELECTED,
                        "Give it a status in Fake PSA, ‹Active›.",
                        test -> test.stage.psaEdits(
                                test.server,
                                OrganizationFields.STATUS,
                                test.stage.choice(OrganizationFields.STATUS, "Active"))),
                new Case(
                        "an organization that does not sync",
                        test -> test.stage.server(test.stage.company("Mill", "Vendor"), "SRV-7"),
                        Disposition.NOT_SELECTED,
                        "Let its organization sync. For the organization \"Mill\": Select its type ‹Vendor›",
                        test -> test.configureTypes("Customer", "Vendor")));
    }

    private static Stream<Case> selectable() {
        return Stream.of(
                new Case(
                        "kind",
                        test -> {
                            test.stage.configure(settings -> settings.contacts(false));
                            return test.stage.contact(test.acme, "Ada", "Lovelace");
                        },
                        Disposition.NOT_SELECTED,
                        "Enable contacts in the settings.",
                        test -> test.stage.configure(settings -> settings.contacts(true))),
                new Case(
                        "kind and type in one",
                        test -> {
                            test.stage.configure(settings -> settings.configurations(c -> c.types()));
                            return test.stage.server(test.acme, "SRV-7");
                        },
                        Disposition.NOT_SELECTED,
                        "Select its type ‹Server› in the settings.",
                        test -> test.stage.configure(settings -> settings.configurations(c -> c.types("Server")))),
                new Case(
                        "inactive contact",
                        test -> test.server = test.stage.psa.put(test.stage
                                .contactValues(test.acme, "Ada", "Lovelace")
                                .with(ContactFields.ACTIVE, false)),
                        Disposition.NOT_SELECTED,
                        "Make it active in Fake PSA.",
                        test -> test.stage.psaEdits(test.server, ContactFields.ACTIVE, true)),
                new Case(
                        "orphan by status",
                        test -> {
                            test.stage.psaEdits(
                                    test.linked(),
                                    ConfigurationFields.STATUS,
                                    test.stage.choice(ConfigurationFields.STATUS, "Inactive"));
                            return test.server;
                        },
                        Disposition.ORPHANED,
                        "Select its status ‹Inactive› in the settings, or change it in Fake PSA to ‹Active›.",
                        test -> test.stage.configure(
                                settings -> settings.configurations(c -> c.statuses("Active", "Inactive")))),
                new Case(
                        "one-way",
                        test -> {
                            test.stage.configure(settings -> settings.twoWay(false));
                            test.local = test.stage
                                    .creates(test.tagged("SRV-7"), Origin.USER)
                                    .ref();
                            return test.local;
                        },
                        Disposition.NOT_SELECTED,
                        "Turn two-way on in the settings, then save the record.",
                        test -> {
                            test.stage.configure(settings -> settings.twoWay(true));
                            test.stage.later(Duration.ofMinutes(1));
                            test.save(ConfigurationFields.NOTES, "saved");
                        }));
    }

    private static Stream<Case> waiting() {
        return Stream.of(
                new Case(
                        "awaiting confirmation",
                        test -> {
                            test.local = test.stage.localOf(test.linked());
                            test.stage.edits(test.local, ConfigurationFields.NOTES, "robot's", Origin.IMPORT);
                            return test.local;
                        },
                        Disposition.AWAITING_CONFIRMATION,
                        "Save the record.",
                        test -> test.save(ConfigurationFields.NOTES, "robot's")),
                new Case(
                        "waiting for an organization that the host refuses",
                        test -> {
                            test.hostRefuses = true;
                            return test.stage.server(test.stage.company("Other"), "SRV-7");
                        },
                        Disposition.WAITING_FOR_RECORD,
                        "For the organization \"Other\": Change it in Fake PSA so that the host accepts it: ",
                        test -> {
                            test.hostRefuses = false;
                            test.stage.psaEdits(
                                    test.stage.psa.all(ORGANIZATION).get(1).ref(), OrganizationFields.NAME, "Another");
                        }),
                new Case(
                        "credentials",
                        test -> {
                            test.local = test.stage.localOf(test.linked());
                            test.stage.psa.faults().next(Fault.unauthorized("privateKey"));
                            test.stage.engine.run();
                            test.save(ConfigurationFields.NOTES, "mine");
                            return test.local;
                        },
                        Disposition.CHANGE_WAITING,
                        "Replace the credentials.",
                        test -> test.stage.engine.as(Stage.MANAGER).connect()));
    }

    private static Stream<Case> decidable() {
        return Stream.of(
                new Case(
                        "doubt",
                        RemediesTest::twin,
                        Disposition.IN_REVIEW,
                        "Decide in the review queue: link it with one of the candidates, make a new record, or leave",
                        test -> test.queue().create(test.item(test.server))),
                new Case(
                        "doubt, linked",
                        RemediesTest::twin,
                        Disposition.IN_REVIEW,
                        "link it with one of the candidates",
                        test -> test.queue()
                                .link(
                                        test.item(test.server),
                                        test.item(test.server)
                                                .candidates()
                                                .get(0)
                                                .record())),
                new Case(
                        "left alone",
                        test -> {
                            test.twin();
                            test.run();
                            test.queue().ignore(test.item(test.server));
                            return test.server;
                        },
                        Disposition.NOT_SELECTED,
                        "Take it up again in the review queue, and decide",
                        test -> {
                            test.queue().reopen(test.item(test.server));
                            test.queue().create(test.item(test.server));
                        }),
                new Case(
                        "conflict",
                        test -> {
                            test.local = test.stage.localOf(test.linked());
                            test.stage.configure(settings -> settings.conflicts(ConflictPolicy.ASK));
                            test.stage.psaEdits(test.server, ConfigurationFields.NOTES, "theirs");
                            test.save(ConfigurationFields.NOTES, "mine");
                            return test.local;
                        },
                        Disposition.CONFLICT_TO_DECIDE,
                        "Decide in the review queue which side's value is right",
                        test -> test.queue().takeLocal(test.item(test.local), ConfigurationFields.NOTES)));
    }

    private static Stream<Case> refused() {
        return Stream.of(
                new Case(
                        "a missing field",
                        test -> {
                            test.local = test.stage
                                    .creates(
                                            test.stage.serverValues(test.stage.localOf(test.acme), "SRV-7"),
                                            Origin.USER)
                                    .ref();
                            test.stage.engine.saved(test.local);
                            return test.local;
                        },
                        Disposition.REFUSED_BY_PSA,
                        "Fill in the asset tag; Fake PSA needs it. Then save the record.",
                        test -> test.save(ConfigurationFields.ASSET_TAG, "T-1")),
                new Case(
                        "a value that is too long",
                        test -> {
                            test.local = test.stage.localOf(test.linked());
                            test.save(ConfigurationFields.NOTES, "longer than it may be, by far");
                            return test.local;
                        },
                        Disposition.REFUSED_BY_PSA,
                        "Shorten the notes",
                        test -> test.save(ConfigurationFields.NOTES, "short")),
                new Case(
                        "refused by the host",
                        test -> {
                            test.hostRefuses = true;
                            test.server = test.stage.company("Globex");
                            return test.server;
                        },
                        Disposition.REFUSED_BY_HOST,
                        "Change it in Fake PSA so that the host accepts it: The name is taken.",
                        test -> {
                            test.hostRefuses = false;
                            test.stage.psaEdits(test.server, OrganizationFields.NAME, "Globex Inc");
                        }),
                new Case(
                        "not understood",
                        test -> {
                            test.server = test.stage.company("Globex");
                            test.stage.psa.faults().garble(test.server);
                            return test.server;
                        },
                        Disposition.REFUSED_BY_PSA,
                        "Correct the record in Fake PSA.",
                        test -> {
                            test.stage.psa.faults().clear();
                            test.stage.psaEdits(test.server, OrganizationFields.NAME, "Globex Inc");
                        }));
    }

    private static Stream<Case> gone() {
        return Stream.of(
                new Case(
                        "deleted in the PSA",
                        test -> {
                            test.stage.server(test.acme, "SRV-2");
                            return test.hidden();
                        },
                        Disposition.ORPHANED,
                        "Restore it in Fake PSA.",
                        RemediesTest::show),
                new Case(
                        "not visible",
                        RemediesTest::hidden,
                        Disposition.ORPHANED,
                        "Give the integration's user in Fake PSA the right to see it again.",
                        RemediesTest::show),
                new Case(
                        "deleted before it was ever linked",
                        test -> {
                            test.hostRefuses = true;
                            test.server = test.stage.company("Globex");
                            test.run();
                            test.stage.psa.delete(test.server);
                            test.hostRefuses = false;
                            return test.server;
                        },
                        Disposition.NOT_SELECTED,
                        "Restore it in Fake PSA.",
                        test -> test.stage.psa.undelete(test.server)));
    }

    private static Stream<Case> stopped() {
        return Stream.of(
                new Case(
                        "disabled",
                        test -> {
                            test.data().disable(test.linked());
                            return test.server;
                        },
                        Disposition.DISABLED,
                        "Reconnect it.",
                        test -> test.data().reconnect(test.server)),
                new Case(
                        "disconnected with its row",
                        test -> {
                            test.linked();
                            ManageData data = test.data();
                            data.confirm(data.previewDisconnect(Row.of(
                                    ConfigurationFields.TYPE, test.stage.choice(ConfigurationFields.TYPE, "Server"))));
                            test.stage.configure(settings -> settings.configurations(c -> c.types("Server")));
                            return test.server;
                        },
                        Disposition.DISCONNECTED,
                        "Reconnect it.",
                        test -> test.data().reconnect(test.server)),
                new Case(
                        "paused",
                        test -> {
                            test.linked();
                            test.stage.engine.as(Stage.MANAGER).pause();
                            return test.server;
                        },
                        Disposition.PAUSED,
                        "Resume the integration.",
                        test -> test.stage.engine.as(Stage.MANAGER).resume()),
                new Case(
                        "held, because one person saved much",
                        test -> {
                            test.local = test.stage.localOf(test.linked());
                            test.stage.configure(settings -> settings.pushesPerHour(1));
                            test.save(ConfigurationFields.NOTES, "first");
                            test.save(ConfigurationFields.NOTES, "second");
                            return test.local;
                        },
                        Disposition.HELD_BY_BRAKE,
                        "A manager approves or discards the held pushes of ursula.",
                        test -> test.stage.engine.as(Stage.MANAGER).approvePushes("ursula")));
    }

    private ManageData data() {
        return stage.engine.as(Stage.MANAGER).manageData();
    }

    private RemoteRef hidden() {
        stage.psa.faults().hide(linked());
        stage.engine.as(Stage.MANAGER).fullCheck();
        run();
        stage.later(Duration.ofHours(2));
        return server;
    }

    private void show() {
        stage.psa.faults().show(server);
        stage.engine.as(Stage.MANAGER).fullCheck();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    @DisplayName("WHY-1: doing what explain says makes the record sync at the next run")
    void saysWhatHelps(Case each) {
        stage.twoWay().engine.run();
        stage.later(Duration.ofMinutes(5));
        AssetRef record = each.make().apply(this);
        run();

        Explanation why = explain(record);
        assertThat(why.disposition()).as(why.print()).isEqualTo(each.standing());
        assertThat(why.remedy()).as(why.print()).contains(each.remedy());

        each.act().accept(this);
        stage.later(Duration.ofMinutes(10));
        run();

        assertThat(explain(record).disposition()).as(explain(record).print()).isEqualTo(Disposition.IN_SYNC);
    }

    @Test
    @DisplayName("WHY-1, SAFE-1: a create whose outcome a person must tell names the review queue")
    void namesTheQueueForLostCreates() {
        Stage blind = new Stage(psa -> psa.kind(CONFIGURATION, kind -> kind.withoutFind()), host -> {});
        RemoteRef company = blind.company("Acme");
        blind.twoWay().engine.run();
        blind.later(Duration.ofMinutes(1));
        LocalRef lost = blind.creates(blind.serverValues(blind.localOf(company), "SRV-9"), Origin.USER)
                .ref();
        blind.psa.faults().next(Fault.requestLost().on(Operation.CREATE));
        blind.engine.saved(lost);
        assertThat(blind.engine.explain(lost).remedy())
                .as("it is still looked for")
                .isNull();
        for (int i = 0; i < 3; i++) {
            blind.later(Duration.ofMinutes(10)).engine.run();
        }

        Explanation why = blind.engine.explain(lost);

        assertThat(why.disposition()).isEqualTo(Disposition.UNCERTAIN);
        assertThat(why.remedy()).contains("review queue");
    }

    @Test
    @DisplayName("WHY-1, SAFE-3: a missing right is named for what waits because of it")
    void namesAMissingRight() {
        stage.twoWay().engine.run();
        RemoteRef ada = stage.contact(acme, "Ada", "Lovelace");
        run();
        stage.edits(stage.localOf(ada), ContactFields.TITLE, "Countess", Origin.USER);
        stage.psa.faults().withdraw(CONTACT);
        run();

        Explanation why = explain(ada);

        assertThat(why.remedy()).as(why.print()).contains("the right to read contacts");
    }

    @Test
    @DisplayName("WHY-2: when a waiting record is tried again is said")
    void saysWhenItIsTriedAgain() {
        stage.twoWay().engine.run();
        stage.later(Duration.ofMinutes(5));
        local = stage.localOf(linked());
        stage.edits(local, ConfigurationFields.NOTES, "mine", Origin.USER);
        assertThat(explain(local).print()).contains("looked at again: in the next run");

        stage.psa.faults().next(Fault.throttled(Duration.ofMinutes(30)).on(Operation.UPDATE));
        stage.engine.saved(local);
        assertThat(explain(local).print())
                .contains("next attempt: at " + stage.clock.instant().plus(Duration.ofMinutes(30)))
                .doesNotContain("in the next run");
    }

    // Words ----------------------------------------------------------------------------------------------------------

    private void configureTypes(String... types) {
        stage.configure(settings -> settings.organizations(o -> o.types(types)));
    }

    private FieldValues company(String name, Set<Choice> types) {
        return FieldValues.of(ORGANIZATION)
                .set(OrganizationFields.NAME, name)
                .set(OrganizationFields.TYPES, types)
                .set(OrganizationFields.STATUS, stage.choice(OrganizationFields.STATUS, "Active"))
                .build();
    }

    private FieldValues tagged(String name) {
        return stage.serverValues(stage.localOf(acme), name).with(ConfigurationFields.ASSET_TAG, "T-1");
    }

    private RemoteRef linked() {
        server = stage.psa.put(stage.serverValues(acme, "SRV-1").with(ConfigurationFields.ASSET_TAG, "T-1"));
        run();
        return server;
    }

    private RemoteRef twin() {
        stage.creates(stage.serverValues(stage.localOf(acme), "SRV-2"), Origin.IMPORT);
        server = stage.server(acme, "SRV-2");
        stage.server(acme, "SRV-2");
        return server;
    }

    private <T> void save(Field<T> field, T value) {
        stage.later(Duration.ofMinutes(1));
        stage.userSaves(local, field, value);
    }

    private ReviewQueue queue() {
        return stage.engine.as(Stage.MANAGER).reviews();
    }

    private ReviewItem item(AssetRef record) {
        return queue().item(record).orElseThrow();
    }

    private void run() {
        stage.later(Duration.ofMinutes(10)).engine.run();
    }

    private Explanation explain(AssetRef record) {
        return record instanceof LocalRef here ? stage.engine.explain(here) : stage.engine.explain((RemoteRef) record);
    }
}
