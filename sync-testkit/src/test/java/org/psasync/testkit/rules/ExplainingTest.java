package org.psasync.testkit.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;
import static org.psasync.model.AssetKind.CONFIGURATION;
import static org.psasync.model.AssetKind.CONTACT;
import static org.psasync.model.AssetKind.ORGANIZATION;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.psasync.engine.Disposition;
import org.psasync.engine.Explanation;
import org.psasync.engine.RunReport;
import org.psasync.engine.SyncSettings.ConflictPolicy;
import org.psasync.model.AssetRef;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.FieldValues;
import org.psasync.model.LocalRef;
import org.psasync.model.LocationFields;
import org.psasync.model.OrganizationFields;
import org.psasync.model.Origin;
import org.psasync.model.Problem;
import org.psasync.model.RemoteRef;
import org.psasync.testkit.Fault;
import org.psasync.testkit.Operation;

class ExplainingTest {
    private boolean hostRefuses;
    private final Stage stage = new Stage(
            psa -> {},
            host -> host.refusing(change ->
                    hostRefuses ? List.of(Problem.ofRecord(Problem.Code.INVALID, "The name is taken.")) : List.of()));

    /** Brings a record to where it shall stand, and answers it. */
    private interface Way {
        AssetRef take(ExplainingTest test);
    }

    static Stream<Arguments> ways() {
        return Stream.of(
                arguments(Disposition.IN_SYNC, (Way) test -> test.server()),
                arguments(Disposition.CHANGE_WAITING, (Way) test -> {
                    RemoteRef server = test.server();
                    test.stage.edits(test.stage.localOf(server), ConfigurationFields.NOTES, "mine", Origin.USER);
                    return server;
                }),
                arguments(Disposition.AWAITING_CONFIRMATION, (Way) test -> {
                    RemoteRef server = test.server();
                    test.stage.edits(test.stage.localOf(server), ConfigurationFields.NOTES, "robot's", Origin.IMPORT);
                    return server;
                }),
                arguments(Disposition.NOT_SELECTED, (Way) test -> test.run(test.stage.company("Vendor", "Vendor"))),
                arguments(Disposition.ORPHANED, (Way) test -> {
                    RemoteRef server = test.server();
                    test.stage.psaEdits(
                            server,
                            ConfigurationFields.STATUS,
                            test.stage.choice(ConfigurationFields.STATUS, "Inactive"));
                    return test.run(server);
                }),
                arguments(Disposition.DISABLED, (Way) test -> {
                    RemoteRef server = test.server();
                    test.stage.host.delete(test.stage.localOf(server));
                    return test.run(server);
                }),
                arguments(Disposition.IN_REVIEW, (Way) test -> {
                    test.stage.company("Twin");
                    test.local("Twin");
                    return test.run(test.stage.company("Twin"));
                }),
                arguments(Disposition.CONFLICT_TO_DECIDE, (Way) test -> {
                    RemoteRef server = test.server();
                    test.stage.configure(settings -> settings.conflicts(ConflictPolicy.ASK));
                    test.stage.psaEdits(server, ConfigurationFields.NOTES, "theirs");
                    test.stage.userSaves(test.stage.localOf(server), ConfigurationFields.NOTES, "mine");
                    return server;
                }),
                arguments(Disposition.WAITING_FOR_RECORD, (Way) test -> {
                    RemoteRef server = test.server();
                    RemoteRef other = test.stage.company("Other");
                    test.hostRefuses = true;
                    test.stage.psaEdits(server, ConfigurationFields.ORGANIZATION, other);
                    return test.run(server);
                }),
                arguments(Disposition.REFUSED_BY_PSA, (Way) test -> {
                    RemoteRef server = test.server();
                    test.stage.psa.faults().next(Fault.fails(ConfigurationFields.NOTES, Problem.Code.REFUSED));
                    test.stage.userSaves(test.stage.localOf(server), ConfigurationFields.NOTES, "mine");
                    return server;
                }),
                arguments(Disposition.REFUSED_BY_HOST, (Way) test -> {
                    test.hostRefuses = true;
                    return test.run(test.stage.company("Globex"));
                }),
                arguments(Disposition.RETRYING, (Way) test -> {
                    RemoteRef server = test.server();
                    test.stage
                            .psa
                            .faults()
                            .next(Fault.throttled(Duration.ofMinutes(30)).on(Operation.UPDATE));
                    test.stage.userSaves(test.stage.localOf(server), ConfigurationFields.NOTES, "mine");
                    return server;
                }),
                arguments(Disposition.UNCERTAIN, (Way) test -> {
                    RemoteRef server = test.server();
                    test.stage.psa.faults().next(Fault.answerLost().on(Operation.UPDATE));
                    test.stage.userSaves(test.stage.localOf(server), ConfigurationFields.NOTES, "mine");
                    return server;
                }),
                arguments(Disposition.OSCILLATING, (Way) test -> {
                    RemoteRef server = test.server();
                    test.stage.configure(settings -> settings.twoWay(false));
                    test.stage.psaEdits(server, ConfigurationFields.NOTES, "theirs");
                    test.run(server);
                    for (int i = 0; i < 4; i++) {
                        test.stage.edits(test.stage.localOf(server), ConfigurationFields.NOTES, "robot's", Origin.RMM);
                        test.run(server);
                    }
                    return server;
                }),
                arguments(Disposition.UNKNOWN, (Way) test -> RemoteRef.of(CONFIGURATION, "99999")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("ways")
    @DisplayName("WHY-1, WHY-2: each place where a record can stand is reached, with a rule and a way out")
    void reachesEveryDisposition(Disposition disposition, Way way) {
        stage.company("Acme");
        stage.twoWay().engine.run();
        stage.later(Duration.ofMinutes(5));

        AssetRef record = way.take(this);

        Explanation why = explain(record);
        assertThat(why.disposition()).as(why.print()).isEqualTo(disposition);
        assertThat(why.reasons()).isNotEmpty().allSatisfy(reason -> {
            assertThat(reason.rule()).matches("[A-Z]+(-[A-Z]+)?-[0-9]+");
            assertThat(reason.text()).isNotBlank();
        });
        boolean needsSomebody = Set.of(
                        Disposition.AWAITING_CONFIRMATION,
                        Disposition.NOT_SELECTED,
                        Disposition.ORPHANED,
                        Disposition.DISABLED,
                        Disposition.IN_REVIEW,
                        Disposition.CONFLICT_TO_DECIDE,
                        Disposition.WAITING_FOR_RECORD,
                        Disposition.REFUSED_BY_PSA,
                        Disposition.REFUSED_BY_HOST,
                        Disposition.OSCILLATING)
                .contains(why.disposition());
        assertThat(why.remedy() != null).as(why.print()).isEqualTo(needsSomebody);
    }

    @Test
    @DisplayName("WHY-1: the smallest change that is named makes the record sync")
    void namesTheSmallestChange() {
        RemoteRef vendor = stage.company("Paper Mill", "Vendor");
        stage.selecting().engine.run();
        assertThat(explain(vendor).remedy())
                .contains("type")
                .contains("Customer")
                .doesNotContain("status");

        stage.configure(settings -> settings.organizations(o -> o.types("Customer", "Vendor")));
        run(vendor);

        assertThat(explain(vendor).disposition()).isEqualTo(Disposition.IN_SYNC);
    }

    @Test
    @DisplayName("WHY-1, SET-3: after a rename in the PSA the way out has the name of now")
    void usesCurrentNames() {
        RemoteRef vendor = stage.company("Paper Mill", "Vendor");
        stage.selecting().engine.run();
        stage.psa.rename(OrganizationFields.TYPES, stage.choice(OrganizationFields.TYPES, "Customer"), "Client");
        stage.later(Duration.ofDays(2)).engine.run();

        assertThat(explain(vendor).remedy()).contains("Client").doesNotContain("Customer");
        assertThat(stage.engine.settings().organizations().types()).hasToString("Client");
    }

    @Test
    @DisplayName("WHY-1: a PSA that is away, or refuses the credentials, is named, and no exception leaves explain")
    void answersWithoutThePsa() {
        RemoteRef known = stage.company("Acme");
        stage.selecting().engine.run();
        RemoteRef unread = stage.company("Globex");
        stage.psa.faults().next(Fault.unavailable().on(Operation.READ));

        Explanation away = explain(unread);

        assertThat(away.disposition()).isEqualTo(Disposition.UNKNOWN);
        assertThat(away.print()).contains("the PSA could not be asked: ");

        stage.psa.faults().next(Fault.unauthorized("privateKey"));
        stage.engine.run();
        stage.psa.journal().clear();
        assertThat(explain(unread).print()).contains("the PSA could not be asked: ");
        assertThat(explain(known).disposition()).isEqualTo(Disposition.IN_SYNC);
        assertThat(stage.psa.journal().calls()).as("SAFE-3").isEmpty();
    }

    @Test
    @DisplayName("WHY-3, MATCH-4: a PSA record that no run has read is held against its like as a run would")
    void explainsUnreadRecordsAsARunWould() {
        stage.selecting().engine.run();
        local("Acme");
        RemoteRef unread = stage.company("Acme");

        assertThat(explain(unread).print()).contains("the same as exactly one local record");
    }

    @Test
    @DisplayName("WHY-1: failure, attempts, next attempt and who confirmed are shown")
    void showsWhatHappened() {
        RemoteRef server = twoWayServer();
        stage.psa.faults().next(Fault.throttled(Duration.ofMinutes(30)).on(Operation.UPDATE));
        stage.userSaves(stage.localOf(server), ConfigurationFields.NOTES, "mine");

        String text = explain(server).print();

        assertThat(text).contains("confirmed: by ursula at ");
        assertThat(text).contains("last failure: ").contains("(1 attempt)");
        assertThat(text).contains("next attempt: at ");
        assertThat(text)
                .contains("notes: local \"mine\", PSA (blank); when last agreed on: local (blank), PSA (blank)");
    }

    @Test
    @DisplayName("WHY-2, FIELD-8: pull-only is said per field, with what makes it so")
    void saysPullOnlyPerField() {
        RemoteRef site = stage.site(stage.company("Acme"), "Main", "Berlin");
        stage.selecting().engine.run();
        assertThat(explain(site).print()).contains("city: only pulled: two-way sync is off (PUSH-1)");

        stage.configure(settings -> settings.twoWay(true).pullOnly(LocationFields.CITY, true));
        assertThat(explain(site).print()).contains("city: only pulled: the settings say so (FIELD-1)");

        stage.configure(settings -> settings.exclude(LocationFields.CITY, true));
        assertThat(explain(site).print()).contains("city: stays local: the settings leave it out (FIELD-1)");
    }

    @Test
    @DisplayName("FIELD-4: what has no place in the PSA is named")
    void namesWhatStaysLocal() {
        Stage narrow =
                new Stage(psa -> psa.kind(CONFIGURATION, kind -> kind.unmapped(ConfigurationFields.NOTES)), h -> {});
        RemoteRef server = narrow.server(narrow.company("Acme"), "SRV-1");
        narrow.selecting().engine.run();
        narrow.edits(narrow.localOf(server), ConfigurationFields.NOTES, "mine", Origin.USER);

        assertThat(narrow.engine.explain(server).print())
                .contains("notes: stays local: ")
                .contains("(FIELD-4)");
    }

    @Test
    @DisplayName("WHY-1: a host that fails is named, and no exception leaves explain")
    void answersWithoutTheHost() {
        RemoteRef server = twoWayServer();
        stage.engine = BrokenHost.engine(stage, "find");

        Explanation why = explain(server);

        assertThat(why.disposition()).isEqualTo(Disposition.IN_SYNC);
        assertThat(why.print()).contains("The host could not read records").contains("broken");
    }

    @Test
    @DisplayName(
            "WHY-3, PULL-4: a record that could not be understood stands where the run put it, whatever is decided anew")
    void explainsUnreadableRecords() {
        RemoteRef garbled = stage.company("Acme");
        stage.psa.faults().garble(garbled);
        stage.selecting().engine.run();
        assertThat(explain(garbled).disposition()).isEqualTo(Disposition.REFUSED_BY_PSA);

        stage.configure(settings -> settings.contacts(false));
        run(garbled);

        assertThat(explain(garbled).disposition()).isEqualTo(Disposition.REFUSED_BY_PSA);
    }

    private RemoteRef twoWayServer() {
        RemoteRef server = stage.server(stage.company("Acme"), "SRV-1");
        stage.twoWay().engine.run();
        stage.later(Duration.ofMinutes(5));
        return server;
    }

    private RemoteRef server() {
        RemoteRef acme = stage.psa.all(ORGANIZATION).get(0).ref();
        RemoteRef server = stage.server(acme, "SRV-1");
        stage.contact(acme, "Ada", "Byron");
        run(server);
        assertThat(stage.all(CONTACT)).hasSize(1);
        return server;
    }

    private LocalRef local(String name) {
        return stage.creates(
                        FieldValues.of(ORGANIZATION)
                                .set(OrganizationFields.NAME, name)
                                .set(
                                        OrganizationFields.TYPES,
                                        Set.of(stage.choice(OrganizationFields.TYPES, "Customer")))
                                .set(OrganizationFields.STATUS, stage.choice(OrganizationFields.STATUS, "Active"))
                                .build(),
                        Origin.IMPORT)
                .ref();
    }

    private RemoteRef run(RemoteRef ref) {
        stage.later(Duration.ofMinutes(10));
        RunReport report = stage.engine.run();
        assertThat(report.status()).as(report.print()).isNotEqualTo(RunReport.Status.ERROR);
        return ref;
    }

    private Explanation explain(AssetRef record) {
        return record instanceof LocalRef local
                ? stage.engine.explain(local)
                : stage.engine.explain((RemoteRef) record);
    }
}
