package org.psasync.examples.quickstart;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.psasync.engine.Actor;
import org.psasync.engine.Connection;
import org.psasync.engine.Disposition;
import org.psasync.engine.Explanation;
import org.psasync.engine.InMemoryAssetRepository;
import org.psasync.engine.PushResult;
import org.psasync.engine.RunReport;
import org.psasync.engine.SyncEngine;
import org.psasync.engine.SyncPlan;
import org.psasync.engine.Verb;
import org.psasync.model.Asset;
import org.psasync.model.AssetKind;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.ContactFields;
import org.psasync.model.Edit;
import org.psasync.model.Field;
import org.psasync.model.FieldValues;
import org.psasync.model.LocalRef;
import org.psasync.model.OrganizationFields;
import org.psasync.model.Origin;
import org.psasync.model.RemoteRef;
import org.psasync.spi.ConnectorConfig;
import org.psasync.spi.PsaConnector;
import org.psasync.spi.PsaConnectors;
import org.psasync.store.Event;
import org.psasync.store.StateStore;
import org.psasync.testkit.connectwise.FakeConnectWise;

/** Shows a sync in both directions between a fake ConnectWise and a host in memory, one rule after the other. */
final class Tour {
    private static final Actor MIA = Actor.manager("mia");

    private final Screen screen;
    private final MovableClock clock = new MovableClock();
    private final InMemoryAssetRepository host =
            InMemoryAssetRepository.builder(clock).build();

    Tour(Screen screen) {
        this.screen = screen;
    }

    /** Returns whether every outcome was as the rules say. */
    boolean show() {
        screen.title("A fake ConnectWise with some 2,000 records");
        try (FakeConnectWise fake = FakeConnectWise.builder()
                        .companies(60)
                        .contacts(400)
                        .configurations(1400)
                        .tickets(40)
                        .seed(7)
                        .clock(clock)
                        .start();
                PsaConnector connectWise = PsaConnectors.connect(
                        "connectwise",
                        ConnectorConfig.with(fake.credentials())
                                .plainHttpToLoopback(true)
                                .clock(clock)
                                .build());
                SyncEngine engine = SyncEngine.builder()
                        .integration("contoso/connectwise")
                        .connector(connectWise)
                        .assets(host)
                        .state(StateStore.inMemory())
                        .clock(clock)
                        .progress(screen)
                        .build()) {
            connect(engine, fake);
            firstRun(engine);
            awaitConfirmation(engine, fake);
            pushAtOnce(engine, fake);
            conflict(engine, fake);
            leaveAndReturn(engine, fake);
            explain(engine);
            manage(engine);
            rest(engine);
        }
        screen.title("What next");
        screen.say(
                "docs/host-guide.md has the calls for each screen of a host, docs/rules.md the rules behind the ids.");
        return screen.finish();
    }

    private void connect(SyncEngine engine, FakeConnectWise fake) {
        screen.say("It listens at " + fake.url() + "; the connector was found through ServiceLoader.");
        screen.say("Nobody waits: the program moves its clock ahead, so times can lie in the future.");
        Connection connection = engine.as(MIA).connect();
        if (connection instanceof Connection.Accepted accepted) {
            screen.say("Version " + accepted.version() + "; advice: " + accepted.advice());
        }
        engine.as(MIA)
                .configure(settings -> settings.organizations(
                                o -> o.types("Customer", "Managed Services").statuses("Active"))
                        .configurations(c -> c.types("Server", "Workstation", "Printer", "Firewall")
                                .statuses("Active"))
                        .contacts(true)
                        .locations(true));
        screen.outcome("CONN-1", "connected, then chose what to sync", connection instanceof Connection.Accepted);
    }

    private void firstRun(SyncEngine engine) {
        screen.title("What a run would do (nothing is written)");
        screen.showProgress(false);
        SyncPlan plan = engine.plan();
        screen.say(plan.print());
        screen.outcome("RUN-4", "the host has " + records() + " records after planning", records() == 0);
        screen.title("The first run");
        screen.showProgress(true);
        RunReport report = engine.run();
        screen.showProgress(false);
        screen.say(report.print());
        screen.say("Companies are updated once their locations are linked, which they name (FIELD-6).");
        boolean asPlanned = report.count(Verb.CREATE_LOCALLY) == plan.count(Verb.CREATE_LOCALLY);
        screen.outcome("PULL-1", "pulled " + records() + " records, as planned", asPlanned && records() > 0);
    }

    private void awaitConfirmation(SyncEngine engine, FakeConnectWise fake) {
        screen.title("Two-way on: what differed before waits until somebody saves it");
        Asset server = anyServer(1);
        edit(server.ref(), ConfigurationFields.ASSET_TAG, "TAG-77");
        clock.pass(Duration.ofMinutes(1));
        engine.as(MIA).configure(settings -> settings.twoWay(true));
        engine.run();
        Explanation why = engine.explain(server.ref());
        screen.say(why.print());
        Object there = inPsa(fake, engine, server, "tagNumber");
        screen.outcome(
                "PUSH-4",
                "ursula changed \"" + name(server) + "\" while two-way was off: "
                        + why.disposition().words(),
                why.disposition() == Disposition.AWAITING_CONFIRMATION && !"TAG-77".equals(there));
        clock.pass(Duration.ofMinutes(1));
        PushResult saved = save(engine, server.ref(), ConfigurationFields.ASSET_TAG, "TAG-77");
        screen.outcome("PUSH-4", "ursula saves it again: " + saved.text(), saved instanceof PushResult.Pushed);
    }

    private void pushAtOnce(SyncEngine engine, FakeConnectWise fake) {
        screen.title("An edit is pushed at once");
        clock.pass(Duration.ofMinutes(5));
        Asset server = anyServer(0);
        PushResult result = save(engine, server.ref(), ConfigurationFields.SERIAL_NUMBER, "SN-2026-001");
        screen.say("ursula sets the serial number of \"" + name(server) + "\": " + result.text());
        Object there = inPsa(fake, engine, server, "serialNumber");
        screen.outcome("PUSH-2", "ConnectWise shows " + there, "SN-2026-001".equals(there));
    }

    private void conflict(SyncEngine engine, FakeConnectWise fake) {
        screen.title("A conflict: both sides change the same field");
        Asset server = anyServer(2);
        int id = Integer.parseInt(remote(engine, server).id().value());
        clock.pass(Duration.ofMinutes(1));
        fake.records("company/configurations").edit(id, "notes", "Moved to rack 4 (written in ConnectWise)");
        PushResult result =
                save(engine, server.ref(), ConfigurationFields.NOTES, "Moved to rack 7 (written in the host)");
        screen.say(result.text());
        List<Event> lost = engine.events(server.ref()).stream()
                .filter(event -> event.type() == Event.Type.OVERWRITTEN)
                .toList();
        lost.forEach(event -> event.changes()
                .forEach(change -> screen.say("event log: " + change.field() + " lost \"" + change.before() + "\" to \""
                        + change.after() + "\" because " + event.reason())));
        screen.outcome(
                "MERGE-4",
                "ConnectWise wins, and the losing value can be read back",
                result instanceof PushResult.PsaHadNewer && !lost.isEmpty());
    }

    private void leaveAndReturn(SyncEngine engine, FakeConnectWise fake) {
        screen.title("A company leaves by its type, and comes back");
        Asset company = host.all(AssetKind.ORGANIZATION).get(0);
        int id = Integer.parseInt(remote(engine, company).id().value());
        clock.pass(Duration.ofMinutes(1));
        int added = fake.records("company/companyTypeAssociations")
                .add(Map.of("company", Map.of("id", id), "type", Map.of("name", "Former Customer")));
        fake.records("company/companies").touch(id);
        RunReport left = engine.run();
        Explanation gone = engine.explain(company.ref());
        screen.say(gone.print());
        screen.outcome(
                "STATE-3",
                "\"" + name(company) + "\" is " + gone.disposition().words() + ", and " + left.count(Verb.ORPHAN)
                        + " records with it; nothing is deleted",
                gone.disposition() == Disposition.ORPHANED
                        && host.get(company.ref()).isPresent());
        clock.pass(Duration.ofMinutes(1));
        fake.records("company/companyTypeAssociations").delete(added);
        fake.records("company/companies").touch(id);
        RunReport back = engine.run();
        screen.outcome(
                "STATE-4",
                "it comes back with " + back.count(Verb.RETURN) + " records",
                engine.explain(company.ref()).disposition() == Disposition.IN_SYNC
                        && back.count(Verb.RETURN) == left.count(Verb.ORPHAN));
    }

    private void explain(SyncEngine engine) {
        screen.title("Why does this record not sync?");
        Asset contact = host.all(AssetKind.CONTACT).get(0);
        clock.pass(Duration.ofMinutes(1));
        FieldValues printer = FieldValues.of(AssetKind.CONFIGURATION)
                .set(ConfigurationFields.ORGANIZATION, contact.values().get(ContactFields.ORGANIZATION))
                .set(ConfigurationFields.NAME, "Label printer")
                .set(ConfigurationFields.TYPE, anyServer(0).values().get(ConfigurationFields.TYPE))
                .build();
        Asset made = host.save(null, printer, new Edit(Origin.USER, "ursula", clock.instant()));
        engine.saved(made.ref());
        Explanation why = engine.explain(made.ref());
        screen.say(why.print());
        screen.outcome("WHY-1", "one answer, with the way out", why.remedy() != null);
    }

    private void manage(SyncEngine engine) {
        DataTour data = new DataTour(screen, engine.as(MIA).manageData());
        data.show();
        data.act(anyServer(0).ref());
    }

    private void rest(SyncEngine engine) {
        screen.title("A run when nothing changed");
        engine.run();
        clock.pass(Duration.ofMinutes(1));
        RunReport report = engine.run();
        screen.say(report.print());
        int sites = host.all(AssetKind.ORGANIZATION).size();
        screen.outcome(
                "PULL-2",
                report.requests() + " requests: one for each kind, and one for the sites of each of the " + sites
                        + " companies, which ConnectWise lists per company only",
                report.requests() <= 3 + sites + 2 && report.count(Verb.UPDATE_LOCALLY) == 0);
    }

    // Words for what the steps do again and again -------------------------------------------------------------------

    private <T> PushResult save(SyncEngine engine, LocalRef record, Field<T> field, T value) {
        edit(record, field, value);
        return engine.saved(record);
    }

    private <T> void edit(LocalRef record, Field<T> field, T value) {
        Edit byUrsula = new Edit(Origin.USER, "ursula", clock.instant());
        host.save(record, FieldValues.empty(record.kind()).with(field, value), byUrsula);
    }

    private static Object inPsa(FakeConnectWise fake, SyncEngine engine, Asset asset, String member) {
        int id = Integer.parseInt(remote(engine, asset).id().value());
        Object value = fake.records("company/configurations").get(id).get(member);
        return value == null ? "" : value;
    }

    private static RemoteRef remote(SyncEngine engine, Asset asset) {
        RemoteRef remote = engine.explain(asset.ref()).remote();
        if (remote == null) {
            throw new IllegalStateException(asset.ref() + " is not linked");
        }
        return remote;
    }

    private Asset anyServer(int number) {
        return host.all(AssetKind.CONFIGURATION).stream()
                .filter(asset -> {
                    var type = asset.values().get(ConfigurationFields.TYPE);
                    return type != null && type.name().equals("Server");
                })
                .skip(number)
                .findFirst()
                .orElseThrow();
    }

    private static String name(Asset asset) {
        String name = asset.kind() == AssetKind.ORGANIZATION
                ? asset.values().get(OrganizationFields.NAME)
                : asset.values().get(ConfigurationFields.NAME);
        return name == null ? "" : name;
    }

    private long records() {
        long count = 0;
        for (AssetKind kind : AssetKind.values()) {
            count += host.all(kind).size();
        }
        return count;
    }

    /** The system's clock, which the tour can move on so that nobody waits. */
    private static final class MovableClock implements InstantSource {
        private Duration ahead = Duration.ZERO;

        @Override
        public synchronized Instant instant() {
            return InstantSource.system().instant().plus(ahead);
        }

        synchronized void pass(Duration time) {
            ahead = ahead.plus(time);
        }
    }
}
