package org.psasync.engine.bulk;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.psasync.engine.Mode;
import org.psasync.engine.SyncSettings;
import org.psasync.engine.apply.BulkTally;
import org.psasync.engine.decide.Gate;
import org.psasync.engine.decide.Policy;
import org.psasync.engine.decide.RowSelection;
import org.psasync.engine.desk.Desk;
import org.psasync.engine.desk.GuardedAssets;
import org.psasync.engine.desk.Parties;
import org.psasync.engine.desk.PreviewAge;
import org.psasync.engine.desk.RunStopped;
import org.psasync.engine.manage.BulkAction;
import org.psasync.engine.manage.BulkPreview;
import org.psasync.engine.manage.BulkReport;
import org.psasync.engine.manage.BulkTarget;
import org.psasync.engine.manage.PreviewExpiredException;
import org.psasync.engine.pair.Unpushed;
import org.psasync.model.AssetKind;
import org.psasync.spi.AssetRepository;
import org.psasync.spi.ReferenceData;
import org.psasync.store.Commit;
import org.psasync.store.Event;
import org.psasync.store.EventQuery;
import org.psasync.store.Lease;
import org.psasync.store.LinkCounts;
import org.psasync.store.Pair;
import org.psasync.store.Place;
import org.psasync.store.Setup;
import org.psasync.store.StaleStateException;

/**
 * Actions on many records, in two steps (DATA-5). The preview goes through all of them and keeps a digest of what it
 * saw. The confirmation goes through them again; only if it sees the same, it stops the row, and then does what was
 * shown, a page at a time, each record on its own. What a crash leaves undone can be previewed and confirmed again.
 */
public final class BulkActions {
    /** So long can a preview be confirmed. */
    static final Duration VALID = Duration.ofHours(1);
    /** Above the greater of this number and a tenth of the links a disconnect is confirmed once more. */
    private static final long MANY = 25;

    private final Parties parties;

    /** Makes the actions of an engine. */
    public BulkActions(Parties parties) {
        this.parties = parties;
    }

    // Looking --------------------------------------------------------------------------------------------------------

    /** Returns what the action would do; changes nothing. */
    public BulkPreview preview(BulkAction action, BulkTarget target) {
        if (action == BulkAction.DELETE && !host().deletes()) {
            throw new UnsupportedOperationException("This host does not let records be deleted by the engine");
        }
        Setup setup = parties.state().setup();
        requireConnected(setup);
        Survey survey = survey(setup, action, target);
        return new BulkPreview(
                parties.newName(),
                parties.integration(),
                action,
                target,
                parties.clock().instant(),
                survey.records,
                survey.children,
                survey.unpushed,
                survey.left,
                warnings(action, survey),
                isMuch(action, survey),
                survey.shown.digest());
    }

    private AssetRepository host() {
        return new GuardedAssets(parties.host(), () -> {});
    }

    private static void requireConnected(Setup setup) {
        if (setup.mode() == Mode.DISCONNECTED) {
            throw new IllegalStateException(
                    "The integration is disconnected, so all its links are cut already. Connect it first.");
        }
    }

    /** What a look at all records of a target comes to. */
    private static final class Survey {
        private final BulkScan scan;
        private final Shown shown;
        private final Map<AssetKind, Long> records = new EnumMap<>(AssetKind.class);
        private final Map<AssetKind, Long> children = new EnumMap<>(AssetKind.class);
        private final Map<String, Long> left = new TreeMap<>();
        private long unpushed;

        Survey(BulkScan scan, Shown shown) {
            this.scan = scan;
            this.shown = shown;
        }

        void look() {
            scan.pages(page -> page.forEach(this::look));
        }

        private void look(BulkScan.Found found) {
            count(records, found);
            if (found.left() == null) {
                scan.children().pages(found.pair(), page -> page.forEach(child -> count(children, child)));
            }
        }

        private void count(Map<AssetKind, Long> counts, BulkScan.Found found) {
            if (found.left() != null) {
                left.merge(found.left(), 1L, Long::sum);
                return;
            }
            Pair pair = found.pair();
            counts.merge(pair.kind(), 1L, Long::sum);
            unpushed += Unpushed.certainly(pair) ? 1 : 0;
            shown.add(found);
        }

        long all() {
            return sum(records) + sum(children);
        }

        private static long sum(Map<?, Long> counts) {
            return counts.values().stream().mapToLong(Long::longValue).sum();
        }
    }

    private Survey survey(Setup setup, BulkAction action, BulkTarget target) {
        Policy policy = parties.policy(
                setup.withSettings(stopped(setup, target)), parties.psa().descriptor());
        BulkChildren children = new BulkChildren(parties.state(), host(), action);
        BulkScan scan = new BulkScan(parties.state(), children, new Gate(policy), action, target);
        String about = String.join(
                "|", parties.integration(), action.name(), BulkWords.identity(target), "" + setup.settingsVersion());
        // To cut one link may move what depends on it; what is deleted must be just what was shown.
        Survey survey = new Survey(scan, new Shown(about, action == BulkAction.DELETE));
        survey.look();
        return survey;
    }

    /** Returns the settings once the row has stopped; the same when the target is no row. */
    private SyncSettings stopped(Setup setup, BulkTarget target) {
        Place place = target instanceof BulkTarget.OfRow ofRow ? ofRow.row().place() : null;
        return place == null ? setup.settings() : stopped(setup, parties, place);
    }

    /** Returns the settings once a row has stopped (SET-2). */
    public static SyncSettings stopped(Setup setup, Parties parties, Place place) {
        ReferenceData reference = setup.reference();
        RowSelection selection = new RowSelection(
                setup.settings(),
                reference == null ? new ReferenceData(Map.of(), Map.of(), List.of()) : reference,
                parties.psa().descriptor().untyped());
        return selection.without(
                place,
                parties.state()
                        .placed()
                        .getOrDefault(place.field().kind(), Map.of())
                        .keySet());
    }

    private List<String> warnings(BulkAction action, Survey survey) {
        List<String> warnings = new ArrayList<>();
        if (survey.all() == 0) {
            return warnings;
        }
        if (action == BulkAction.DELETE) {
            warnings.add("Have a recent backup: deleted local records cannot be brought back from here.");
            warnings.add(
                    "What only the host knows of them is lost for good, such as fields that are not synced and what"
                            + " hangs on the records. How much that is cannot be told from here.");
            if (!survey.children.isEmpty()) {
                warnings.add("What belongs to these organizations is deleted with them, as far as it is linked. What"
                        + " exists only in the host is not, and may keep the host from deleting its organization.");
            }
            if (survey.unpushed > 0) {
                warnings.add("At least " + survey.unpushed + " of the records hold local values that the PSA does not"
                        + " have; they are lost too.");
            }
            warnings.add("What was changed locally while a record was out of the sync may be nowhere else, and is not"
                    + " counted.");
            warnings.add("Nothing is deleted in the PSA.");
        } else {
            warnings.add("Both records of each link stay; neither is changed by the other any more, and they are not"
                    + " matched or pulled again, until somebody reconnects them one by one.");
            if (!survey.children.isEmpty()) {
                warnings.add("What belongs to these organizations stays linked and leaves the sync as orphans, until"
                        + " their organization is reconnected.");
            }
        }
        return warnings;
    }

    private boolean isMuch(BulkAction action, Survey survey) {
        if (action == BulkAction.DELETE) {
            return survey.all() > 0;
        }
        return survey.records.entrySet().stream().anyMatch(entry -> {
            long links = parties.state()
                    .links()
                    .getOrDefault(entry.getKey(), LinkCounts.NONE)
                    .total();
            return entry.getValue() > Math.max(MANY, links / 10);
        });
    }

    // Doing ----------------------------------------------------------------------------------------------------------

    /**
     * Does what a preview showed.
     *
     * @param actor who confirms it
     * @throws PreviewExpiredException when it does not show any more what is there; nothing is done
     */
    public BulkReport confirm(BulkPreview preview, String actor) {
        requireOurs(preview);
        requireConnected(parties.state().setup());
        Instant now = parties.clock().instant();
        if (preview.action() == BulkAction.DISCONNECT) {
            return confirmed(preview, actor, null);
        }
        // What is deleted must not be pulled again by a run that still goes by the settings of its beginning. The name
        // is
        // new, because in one name the right to run is given again: two may confirm one preview at the same time.
        Optional<Lease> lease = parties.state().lease(parties.newName(), Desk.LEASE, now);
        if (lease.isEmpty()) {
            return new BulkReport(
                    preview.id(),
                    Map.of(),
                    List.of(),
                    0,
                    "A run is going on. Nothing was deleted; confirm again when it has ended, or was cancelled.");
        }
        try {
            return confirmed(preview, actor, lease.get());
        } finally {
            parties.state().release(lease.get());
        }
    }

    private void requireOurs(BulkPreview preview) {
        Instant now = parties.clock().instant();
        if (!preview.integration().equals(parties.integration())) {
            throw new PreviewExpiredException("The preview is of the integration " + preview.integration() + ", not "
                    + parties.integration() + ".");
        }
        PreviewAge.require(preview.madeAt(), now);
        EventQuery uses = EventQuery.ALL
                .ofType(Event.Type.BULK_ACTION)
                .ofRun(preview.id())
                .since(preview.madeAt().minus(PreviewAge.CLOCKS))
                .limit(1);
        if (!parties.state().events(uses).isEmpty()) {
            throw new PreviewExpiredException("The preview was confirmed before.");
        }
    }

    private BulkReport confirmed(BulkPreview preview, String actor, @Nullable Lease lease) {
        Setup setup = parties.state().setup();
        Survey survey = survey(setup, preview.action(), preview.target());
        if (!survey.shown.digest().equals(preview.digest())) {
            throw new PreviewExpiredException("The records or the settings changed since the preview was made.");
        }
        begin(preview, actor, setup, lease);
        Desk desk = parties.deskAlone(preview.id(), preview.id(), actor, lease);
        BulkTally tally = new BulkTally();
        try {
            new BulkWork(desk, survey.scan, survey.shown, tally).all();
            return tally.report(preview.id(), "");
        } catch (RunStopped | StaleStateException early) {
            return tally.report(
                    preview.id(), "It ended early; preview and confirm it again for the rest. " + early.getMessage());
        }
    }

    /** An event of the integration, which a schedule hears as it hears settings saved by a person (SET-1). */
    private Event settingsChanged(String actor, String difference) {
        return new Event(
                0,
                parties.clock().instant(),
                null,
                actor,
                Event.Type.SETTINGS_CHANGED,
                null,
                null,
                null,
                null,
                List.of(),
                difference);
    }

    /** Stops the row and notes that the preview is used, both or neither; of two that confirm at once one is refused. */
    private void begin(BulkPreview preview, String actor, Setup setup, @Nullable Lease lease) {
        SyncSettings stopped = stopped(setup, preview.target());
        boolean stops = !stopped.equals(setup.settings());
        String reason = BulkWords.of(preview) + (stops ? "; the row does not sync any more (DATA-2)" : "");
        Event event = new Event(
                0,
                parties.clock().instant(),
                preview.id(),
                actor,
                Event.Type.BULK_ACTION,
                preview.target().kind(),
                null,
                null,
                null,
                List.of(),
                reason);
        Commit.Builder commit = Commit.builder()
                .setup(stops ? setup.withSettings(stopped) : setup)
                .event(event)
                .lease(lease);
        if (stops) {
            commit.event(settingsChanged(actor, setup.settings().differenceTo(stopped)));
        }
        try {
            parties.state().commit(commit.build());
        } catch (StaleStateException stale) {
            throw new PreviewExpiredException("Somebody else changed the settings, or confirmed it, at the same time.");
        }
    }
}
