package org.psasync.testkit.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.psasync.model.AssetKind.CONFIGURATION;
import static org.psasync.model.AssetKind.ORGANIZATION;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.psasync.engine.Disposition;
import org.psasync.engine.RunReport;
import org.psasync.engine.SyncPlan;
import org.psasync.engine.Verb;
import org.psasync.model.AssetKind;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.FieldValues;
import org.psasync.model.LocalRef;
import org.psasync.model.OrganizationFields;
import org.psasync.model.Origin;
import org.psasync.model.RemoteRef;
import org.psasync.store.Event;
import org.psasync.store.EventQuery;
import org.psasync.store.PairQuery;
import org.psasync.testkit.Fault;
import org.psasync.testkit.Operation;

class PlanningTest {
    private final Stage stage = new Stage();

    @Test
    @DisplayName("PULL-1, RUN-4: a parent that left the plan does not keep the run going round")
    void endsWhenAParentLeftThePlan() {
        RemoteRef parent = stage.company("Parent");
        RemoteRef child = stage.company("Child");
        stage.psaEdits(child, OrganizationFields.PARENT, parent);
        stage.selecting();
        SyncPlan plan = stage.engine.plan();
        stage.psaEdits(parent, OrganizationFields.SHORT_NAME, "changed");

        RunReport report = stage.engine.as(Stage.MANAGER).apply(plan);

        assertThat(report.count(Verb.CREATE_LOCALLY)).isEqualTo(1);
        assertThat(stage.engine.run().count(Verb.CREATE_LOCALLY)).isEqualTo(1);
        assertThat(stage.inHost(stage.localOf(child), OrganizationFields.PARENT))
                .isEqualTo(stage.localOf(parent));
    }

    @Test
    @DisplayName("RUN-4, P17: what belongs to a record that is itself planned is planned too")
    void plansChildrenOfPlannedRecords() {
        stage.twoWay();
        LocalRef organization = organizationSavedLocally("New customer");
        stage.creates(stage.serverValues(organization, "SRV-NEW"), Origin.USER);

        SyncPlan plan = stage.engine.plan();

        assertThat(plan.message()).isEmpty();
        assertThat(plan.count(ORGANIZATION, Verb.CREATE_IN_PSA)).isEqualTo(1);
        assertThat(plan.count(CONFIGURATION, Verb.CREATE_IN_PSA)).isEqualTo(1);
        RunReport report = stage.engine.run();
        assertThat(report.kind(CONFIGURATION).count(Verb.CREATE_IN_PSA)).isEqualTo(1);
    }

    @Test
    @DisplayName("RUN-4, P17: a plan of both ways writes nothing anywhere, and the next run does what it showed")
    void showsWhatTheNextRunDoes() {
        busyWorld();
        String before = everything();
        stage.psa.journal().clear();

        SyncPlan plan = stage.engine.plan();

        assertThat(plan.message()).isEmpty();
        assertThat(stage.psa.journal().writes()).isEmpty();
        assertThat(everything()).isEqualTo(before);
        assertThat(plan.items())
                .as(plan.print())
                .anySatisfy(item -> assertThat(item.changes())
                        .extracting(Event.Change::field)
                        .containsExactly(OrganizationFields.PRIMARY_LOCATION));
        assertThat(plan.print()).contains("\"Initech\"; primaryLocation: (blank) → the new location");
        RunReport report = stage.engine.run();
        for (AssetKind kind : AssetKind.values()) {
            for (Verb verb : Verb.values()) {
                assertThat(plan.count(kind, verb))
                        .as("%s %s of\n%s", kind, verb, plan.print())
                        .isEqualTo(report.kind(kind).count(verb));
            }
        }
        assertThat(plan.kinds()).as(report.print()).isEqualTo(report.kinds());
    }

    @Test
    @DisplayName("RUN-4: a plan can be kept as a text and applied by another engine")
    void isKeptAsText() {
        busyWorld();
        SyncPlan plan = stage.engine.plan();
        assertThat(plan.items()).hasSizeGreaterThan(4);

        SyncPlan read = SyncPlan.parse(plan.toText());

        assertThat(read).isEqualTo(plan);
        stage.engine = stage.newEngine();
        RunReport report = stage.engine.as(Stage.MANAGER).apply(read);
        assertThat(report.problems()).noneMatch(text -> text.contains("Left out"));
        assertThat(report.count(Verb.CREATE_IN_PSA)).isEqualTo(plan.count(Verb.CREATE_IN_PSA));
        assertThat(report.count(Verb.LINK)).isEqualTo(plan.count(Verb.LINK));
    }

    @Test
    @DisplayName("RUN-4: a text that is no plan is refused with the line at fault")
    void refusesOtherTexts() {
        assertThatThrownBy(() -> SyncPlan.parse("psa-sync plan 7\n"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("psa-sync plan 2");
        assertThatThrownBy(() -> SyncPlan.parse("psa-sync plan 2\nitem\tORGANIZATION\n"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Line 2");
    }

    @Test
    @DisplayName("RUN-4: each item left out is named with the true reason, in the event log all of them")
    void namesEveryItemLeftOut() {
        List<RemoteRef> companies = new ArrayList<>();
        for (int i = 0; i < 130; i++) {
            companies.add(stage.company("Company " + i));
        }
        stage.selecting();
        SyncPlan plan = stage.engine.plan();
        companies.forEach(company -> stage.psaEdits(company, OrganizationFields.SHORT_NAME, "changed"));
        stage.psaEdits(
                companies.get(0), OrganizationFields.TYPES, Set.of(stage.choice(OrganizationFields.TYPES, "Vendor")));

        RunReport report = stage.engine.as(Stage.MANAGER).apply(plan);

        List<Event> left = stage.events(Event.Type.PLAN_ITEM_STALE);
        assertThat(left).hasSize(130);
        assertThat(left)
                .filteredOn(event -> event.reason().contains("changed since"))
                .hasSize(129);
        assertThat(left)
                .filteredOn(event -> event.reason().contains("not selected"))
                .hasSize(1);
        assertThat(report.problems())
                .hasSizeLessThanOrEqualTo(100)
                .last()
                .asString()
                .contains("more");
    }

    @Test
    @DisplayName("RUN-4: when the run ends early, what it did not come to is not called changed")
    void saysThatTheRunEndedBefore() {
        stage.company("Acme");
        stage.selecting();
        SyncPlan plan = stage.engine.plan();
        stage.psa.faults().next(Fault.unavailable().on(Operation.CHANGES));

        stage.engine.as(Stage.MANAGER).apply(plan);

        assertThat(stage.events(Event.Type.PLAN_ITEM_STALE))
                .singleElement()
                .satisfies(event -> assertThat(event.reason()).contains("the run ended before"));
    }

    @Test
    @DisplayName("RUN-4: a link is not made when the local record changed since")
    void linksOnlyWhatIsAsPlanned() {
        RemoteRef acme = stage.company("Acme");
        LocalRef local = organizationSavedLocally("Acme");
        stage.selecting();
        SyncPlan plan = stage.engine.plan();
        assertThat(plan.count(Verb.LINK)).isEqualTo(1);
        stage.edits(local, OrganizationFields.SHORT_NAME, "mine", Origin.USER);

        RunReport report = stage.engine.as(Stage.MANAGER).apply(plan);

        assertThat(report.count(Verb.LINK)).isZero();
        assertThat(stage.engine.explain(acme).disposition()).isEqualTo(Disposition.CHANGE_WAITING);
    }

    @Test
    @DisplayName("RUN-4: a plan that fails for any cause says so and throws nothing")
    void saysWhyItFailed() {
        stage.selecting();
        stage.engine = stage.newEngine(Broken.connector(stage.psa, "changes"));

        SyncPlan plan = stage.engine.plan();

        assertThat(plan.message()).contains("IllegalStateException").contains("broken");
    }

    private LocalRef organizationSavedLocally(String name) {
        return stage.creates(
                        FieldValues.of(ORGANIZATION)
                                .set(OrganizationFields.NAME, name)
                                .set(
                                        OrganizationFields.TYPES,
                                        Set.of(stage.choice(OrganizationFields.TYPES, "Customer")))
                                .set(OrganizationFields.STATUS, stage.choice(OrganizationFields.STATUS, "Active"))
                                .set(OrganizationFields.ACTIVE, true)
                                .build(),
                        Origin.USER)
                .ref();
    }

    /** Something of everything: creates, links, updates both ways, orphans, doubts, records turned away. */
    private void busyWorld() {
        RemoteRef acme = stage.company("Acme");
        RemoteRef globex = stage.company("Globex");
        RemoteRef first = stage.server(acme, "SRV-1");
        RemoteRef second = stage.server(acme, "SRV-2");
        stage.server(globex, "SRV-3");
        stage.twoWay().engine.run();
        stage.later(Duration.ofMinutes(5));
        stage.psaEdits(first, ConfigurationFields.NOTES, "theirs\twith \\ a tab\nand a line");
        stage.edits(stage.localOf(second), ConfigurationFields.NOTES, "mine", Origin.USER);
        stage.psaEdits(globex, OrganizationFields.TYPES, Set.of(stage.choice(OrganizationFields.TYPES, "Vendor")));
        stage.company("Vendor", "Vendor");
        RemoteRef child = stage.company("Initech");
        stage.psaEdits(child, OrganizationFields.PARENT, acme);
        // Named by a record that is made before: its place is filled by an update in the same run (FIELD-6).
        stage.psaEdits(child, OrganizationFields.PRIMARY_LOCATION, stage.site(child, "Main", "Tampa"));
        stage.server(child, "SRV-4");
        stage.contact(acme, "Ada", "Byron");
        stage.creates(stage.contactValues(stage.localOf(acme), "Ada", "Byron"), Origin.IMPORT);
        LocalRef organization = organizationSavedLocally("New customer");
        stage.creates(activeServer(organization, "SRV-5"), Origin.USER);
        stage.creates(activeServer(stage.localOf(acme), "SRV-6"), Origin.USER);
    }

    /** The PSA makes new records active by itself, which no plan can know. */
    private FieldValues activeServer(LocalRef organization, String name) {
        return stage.serverValues(organization, name).with(ConfigurationFields.ACTIVE, true);
    }

    private String everything() {
        StringBuilder text = new StringBuilder();
        for (AssetKind kind : AssetKind.values()) {
            text.append(stage.state().pairs(new PairQuery.OfKind(kind), null, 10_000));
            text.append(stage.all(kind));
            stage.all(kind).forEach(asset -> text.append(stage.host.mark(asset.ref())));
            text.append(stage.psa.all(kind));
        }
        return text.append(stage.state().setup())
                .append(stage.state().progress())
                .append(stage.engine.events(EventQuery.ALL))
                .toString();
    }
}
