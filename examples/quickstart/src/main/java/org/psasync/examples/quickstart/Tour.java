package org.psasync.examples.quickstart;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
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
import org.psasync.model.Choice;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.ContactFields;
import org.psasync.model.Edit;
import org.psasync.model.Field;
import org.psasync.model.FieldValues;
import org.psasync.model.LocalRef;
import org.psasync.model.OrganizationFields;
import org.psasync.model.Origin;
import org.psasync.model.RemoteRef;
import org.psasync.store.Event;
import org.psasync.store.StateStore;
import org.psasync.testkit.TestClock;
import org.psasync.testkit.scenario.PsaBench;

/** Shows a sync in both directions between a fake PSA and a host in memory, one rule after the other. */
final class Tour {
    private static final Actor MIA = Actor.manager("mia");

    private final Psa psa;
    private final Screen screen;
    private final TestClock clock =
            new TestClock(InstantSource.system().instant().truncatedTo(ChronoUnit.SECONDS));
    private final InMemoryAssetRepository host =
            InMemoryAssetRepository.builder(clock).build();

    Tour(Psa psa, Screen screen) {
        this.psa = psa;
        this.screen = screen;
    }

    /** Returns whether every outcome was as the rules say. */
    boolean show() {
        screen.title("A fake " + psa.name() + " with some 2,000 records");
        try (PsaBench fake = psa.fake().open(clock);
                SyncEngine engine = SyncEngine.builder()
                        .integration("contoso/" + psa.id())
                        .connector(fake.connector())
                        .assets(host)
                        .state(StateStore.inMemory())
                        .clock(clock)
                        .pause(clock)
                        .progress(screen)
                        .build()) {
            connect(engine);
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

    private void connect(SyncEngine engine) {
        screen.say("It speaks HTTP with the connector \"" + psa.id() + "\", which was found through ServiceLoader.");
        screen.say("Nobody waits: the program moves its clock ahead, so times can lie in the future.");
        Connection connection = engine.as(MIA).connect();
        if (connection instanceof Connection.Accepted accepted) {
            screen.say("Version " + accepted.version() + "; advice: " + accepted.advice());
        }
        engine.as(MIA)
                .configure(settings -> settings.organizations(
                                o -> o.types(psa.organizationTypes().toArray(String[]::new))
                                        .statuses("Active"))
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
        screen.say("Organizations are updated once their locations are linked, which they name (FIELD-6).");
        boolean asPlanned = report.count(Verb.CREATE_LOCALLY) == plan.count(Verb.CREATE_LOCALLY);
        screen.outcome("PULL-1", "pulled " + records() + " records, as planned", asPlanned && records() > 0);
    }

    private void awaitConfirmation(SyncEngine engine, PsaBench fake) {
        screen.title("Two-way on: what differed before waits until somebody saves it");
        Asset server = anyServer(1);
        edit(server.ref(), ConfigurationFields.ASSET_TAG, "TAG-77");
        clock.advance(Duration.ofMinutes(1));
        engine.as(MIA).configure(settings -> settings.twoWay(true));
        engine.run();
        Explanation why = engine.explain(server.ref());
        screen.say(why.print());
        Object there = inPsa(fake, engine, server, ConfigurationFields.ASSET_TAG);
        screen.outcome(
                "PUSH-4",
                "ursula changed \"" + name(server) + "\" while two-way was off: "
                        + why.disposition().words(),
                why.disposition() == Disposition.AWAITING_CONFIRMATION && !"TAG-77".equals(there));
        clock.advance(Duration.ofMinutes(1));
        PushResult saved = save(engine, server.ref(), ConfigurationFields.ASSET_TAG, "TAG-77");
        screen.outcome("PUSH-4", "ursula saves it again: " + saved.text(), saved instanceof PushResult.Pushed);
    }

    private void pushAtOnce(SyncEngine engine, PsaBench fake) {
        screen.title("An edit is pushed at once");
        clock.advance(Duration.ofMinutes(5));
        Asset server = anyServer(0);
        PushResult result = save(engine, server.ref(), ConfigurationFields.SERIAL_NUMBER, "SN-2026-001");
        screen.say("ursula sets the serial number of \"" + name(server) + "\": " + result.text());
        Object there = inPsa(fake, engine, server, ConfigurationFields.SERIAL_NUMBER);
        screen.outcome("PUSH-2", psa.name() + " shows " + there, "SN-2026-001".equals(there));
    }

    private void conflict(SyncEngine engine, PsaBench fake) {
        screen.title("A conflict: both sides change the same field");
        Asset server = anyServer(2);
        clock.advance(Duration.ofMinutes(1));
        fake.edit(
                remote(engine, server),
                FieldValues.empty(AssetKind.CONFIGURATION)
                        .with(ConfigurationFields.NOTES, "Moved to rack 4 (written in the PSA)"));
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
                psa.name() + " wins, and the losing value can be read back",
                result instanceof PushResult.PsaHadNewer && !lost.isEmpty());
    }

    private void leaveAndReturn(SyncEngine engine, PsaBench fake) {
        screen.title("An organization leaves by its type, and comes back");
        Asset company = host.all(AssetKind.ORGANIZATION).get(0);
        RemoteRef there = remote(engine, company);
        Set<Choice> types = requireNonNull(fake.get(there).orElseThrow().get(OrganizationFields.TYPES));
        clock.advance(Duration.ofMinutes(1));
        retype(fake, there, Set.of(fake.choice(OrganizationFields.TYPES, "Vendor")));
        RunReport left = engine.run();
        Explanation gone = engine.explain(company.ref());
        screen.say(gone.print());
        screen.outcome(
                "STATE-3",
                "\"" + name(company) + "\" is " + gone.disposition().words() + ", and " + left.count(Verb.ORPHAN)
                        + " records with it; nothing is deleted",
                gone.disposition() == Disposition.ORPHANED
                        && host.get(company.ref()).isPresent());
        clock.advance(Duration.ofMinutes(1));
        retype(fake, there, types);
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
        clock.advance(Duration.ofMinutes(1));
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
        clock.advance(Duration.ofMinutes(1));
        RunReport report = engine.run();
        screen.say(report.print());
        int most =
                psa.requestsAtRest().applyAsInt(host.all(AssetKind.ORGANIZATION).size());
        screen.outcome(
                "PULL-2",
                report.requests() + " requests: " + psa.whyAtRest(),
                report.requests() <= most && report.count(Verb.UPDATE_LOCALLY) == 0);
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

    private static void retype(PsaBench fake, RemoteRef organization, Set<Choice> types) {
        fake.edit(organization, FieldValues.empty(AssetKind.ORGANIZATION).with(OrganizationFields.TYPES, types));
    }

    private static Object inPsa(PsaBench fake, SyncEngine engine, Asset asset, Field<?> field) {
        Object value = fake.get(remote(engine, asset)).orElseThrow().get(field);
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
}
