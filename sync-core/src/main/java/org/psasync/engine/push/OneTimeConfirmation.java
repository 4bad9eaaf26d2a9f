package org.psasync.engine.push;

import static java.util.Objects.requireNonNullElse;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.psasync.engine.Disposition;
import org.psasync.engine.OneTimePushPreview;
import org.psasync.engine.OneTimePushPreview.Covered;
import org.psasync.engine.OneTimePushReport;
import org.psasync.engine.RunReport.Status;
import org.psasync.engine.desk.Desk;
import org.psasync.engine.desk.Held;
import org.psasync.engine.desk.Ledger;
import org.psasync.engine.desk.Parties;
import org.psasync.engine.desk.PreviewAge;
import org.psasync.engine.desk.RunStopped;
import org.psasync.engine.manage.PreviewExpiredException;
import org.psasync.engine.run.Runner;
import org.psasync.model.Asset;
import org.psasync.model.AssetKind;
import org.psasync.model.Field;
import org.psasync.model.FieldValues;
import org.psasync.model.LocalId;
import org.psasync.model.LocalRef;
import org.psasync.spi.ConnectorException;
import org.psasync.store.Commit;
import org.psasync.store.Event;
import org.psasync.store.EventQuery;
import org.psasync.store.Grant;
import org.psasync.store.Pair;
import org.psasync.store.Setup;
import org.psasync.store.StaleStateException;

/**
 * Confirms what the preview of a one-time push showed, record by record and value by value, in pages (ALL-2). It can be
 * repeated while it was not done to its end; afterwards runs push what was confirmed.
 */
public final class OneTimeConfirmation {
    private static final String BEGUN = "begun";
    private static final String ENDED = "ended";

    private final Parties parties;
    private final String actor;

    /** Makes the confirmation by a person. */
    public OneTimeConfirmation(Parties parties, String actor) {
        this.parties = parties;
        this.actor = actor;
    }

    /** Stores what is confirmed, and runs; a failure on the way is in the report, and the same call goes on. */
    public OneTimePushReport confirm(OneTimePushPreview preview) {
        Held held = Held.push(parties.state().setup());
        if (held != null && held.status() != Status.QUEUED) { // its run is the first one that is waited for
            throw new IllegalStateException(
                    "Nothing was begun, and the preview can still be confirmed: " + held.text());
        }
        List<LocalRef> leftOut = new ArrayList<>();
        Runner runner = new Runner(parties);
        try {
            cover(preview, leftOut);
        } catch (ConnectorException | RunStopped failure) {
            String why = "Not everything was covered; confirm the same preview again for the rest. "
                    + requireNonNullElse(failure.getMessage(), failure.toString());
            return new OneTimePushReport(preview.id(), runner.inSlices(actor).stop(why), leftOut);
        }
        return new OneTimePushReport(preview.id(), runner.run(actor), leftOut);
    }

    private void cover(OneTimePushPreview preview, List<LocalRef> leftOut) {
        Desk desk = parties.pushDesk(actor).of(preview.id());
        begin(desk, preview);
        Ledger ledger = new Ledger(desk);
        List<Covered> all = preview.records();
        for (int from = 0; from < all.size(); from += Desk.BATCH) {
            confirm(desk, all.subList(from, Math.min(all.size(), from + Desk.BATCH)), preview.id(), leftOut);
        }
        for (LocalRef record : leftOut) {
            ledger.log(event(
                    desk,
                    Event.Type.PLAN_ITEM_STALE,
                    record,
                    "left out of the one-time push, because it is not as it was previewed (ALL-2)"));
        }
        ledger.log(event(desk, Event.Type.ONE_TIME_PUSH, null, ENDED));
    }

    /** Notes that the preview is used; of two that confirm at once one is refused, as the setup can change once only. */
    private void begin(Desk desk, OneTimePushPreview preview) {
        if (requireUnused(desk, preview)) {
            return; // it was interrupted
        }
        while (true) {
            Setup setup = desk.state().setup();
            if (setup.settingsVersion() != preview.settingsVersion()) {
                throw new PreviewExpiredException("The settings were changed since the preview was made.");
            }
            if (requireUnused(desk, preview)) {
                throw new PreviewExpiredException("Somebody else confirmed the preview at the same time.");
            }
            try {
                desk.state()
                        .commit(Commit.builder()
                                .setup(setup)
                                .event(event(desk, Event.Type.ONE_TIME_PUSH, null, BEGUN))
                                .build());
                return;
            } catch (StaleStateException stale) {
                // A run stored what it learned, or somebody else confirmed it: look again.
            }
        }
    }

    /** Returns whether the confirmation was begun before and interrupted. */
    private boolean requireUnused(Desk desk, OneTimePushPreview preview) {
        if (!preview.integration().equals(parties.integration())) {
            throw new PreviewExpiredException("The preview is of the integration \"" + preview.integration() + "\".");
        }
        if (!preview.message().isEmpty()) {
            throw new PreviewExpiredException("The preview could not be finished: " + preview.message());
        }
        List<Event> known =
                desk.state().events(EventQuery.ALL.ofRun(preview.id()).ofType(Event.Type.ONE_TIME_PUSH));
        if (known.stream().anyMatch(event -> event.reason().equals(ENDED))) {
            throw new PreviewExpiredException("The preview was confirmed before.");
        }
        if (known.isEmpty()) {
            PreviewAge.require(preview.madeAt(), desk.now());
        }
        return !known.isEmpty();
    }

    private static Event event(Desk desk, Event.Type type, @Nullable LocalRef record, String reason) {
        return new Event(
                0,
                desk.now(),
                desk.run(),
                desk.actor(),
                type,
                record == null ? null : record.kind(),
                null,
                record == null ? null : record.id(),
                null,
                List.of(),
                reason);
    }

    private static void confirm(Desk desk, List<Covered> page, String push, List<LocalRef> leftOut) {
        Ledger ledger = new Ledger(desk);
        Map<LocalRef, Asset> assets = assets(desk, page);
        List<Ledger.Entry> entries = new ArrayList<>();
        for (Covered covered : page) {
            Asset asset = assets.get(covered.record());
            Pair known = desk.state().byLocal(covered.record()).orElse(null);
            Pair pair = known == null ? Pair.ofLocal(desk.newPairId(), covered.record()) : known;
            if (isConfirmed(pair, push)) {
                continue; // before the interruption
            }
            if (asset == null || !asset.revision().equals(covered.revision()) || pair.leftAlone()) {
                leftOut.add(covered.record());
                continue;
            }
            Grant grant = grant(desk, asset, new Grant.Terms.OneTime(push, replaced(covered)));
            Event event = ledger.event(Event.Type.CONFIRMED, pair, List.of(), "in a one-time push (ALL-2)");
            entries.add(Ledger.Entry.confirming(pair, grant, List.of(event)));
        }
        ledger.store(entries);
    }

    private static boolean isConfirmed(Pair pair, String push) {
        return pair.grant() != null
                && pair.grant().terms() instanceof Grant.Terms.OneTime terms
                && terms.push().equals(push);
    }

    private static Map<LocalRef, Asset> assets(Desk desk, List<Covered> page) {
        Map<AssetKind, List<LocalId>> ids = new EnumMap<>(AssetKind.class);
        page.forEach(each -> ids.computeIfAbsent(each.record().kind(), key -> new ArrayList<>())
                .add(each.record().id()));
        Map<LocalRef, Asset> result = new HashMap<>();
        ids.forEach((kind, some) -> desk.assets().find(kind, some).forEach(asset -> result.put(asset.ref(), asset)));
        return result;
    }

    /** Returns the grant of everything a record holds. */
    static Grant grant(Desk desk, Asset asset, Grant.Terms.OneTime terms) {
        FieldValues values = asset.values().only(desk.policy()::maps);
        return new Grant(values, Objects.requireNonNullElse(desk.actor(), ""), desk.now(), terms);
    }

    private static FieldValues replaced(Covered covered) {
        FieldValues.Builder values = FieldValues.of(covered.record().kind());
        covered.overwritten().forEach(change -> set(values, change.field(), change.before()));
        return values.build();
    }

    @SuppressWarnings("unchecked") // the value was read from the same field
    private static <T> void set(FieldValues.Builder values, Field<T> field, @Nullable Object value) {
        values.set(field, (T) value);
    }

    /** Returns where records of a push stand now, in their order. */
    public static List<OneTimePushReport.Result> results(Parties parties, List<Covered> records) {
        List<OneTimePushReport.Result> results = new ArrayList<>();
        for (Covered covered : records) {
            Pair pair = parties.state().byLocal(covered.record()).orElse(null);
            results.add(new OneTimePushReport.Result(
                    covered.record(),
                    covered.step(),
                    pair == null ? Disposition.UNKNOWN : pair.standing(),
                    pair == null ? null : pair.remoteRef()));
        }
        return results;
    }
}
