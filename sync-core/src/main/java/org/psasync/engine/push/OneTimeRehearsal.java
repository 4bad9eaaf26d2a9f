package org.psasync.engine.push;

import static java.util.Objects.requireNonNullElse;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.psasync.engine.Disposition;
import org.psasync.engine.OneTimePushPreview;
import org.psasync.engine.OneTimePushPreview.Counts;
import org.psasync.engine.OneTimePushPreview.Covered;
import org.psasync.engine.OneTimePushPreview.Step;
import org.psasync.engine.SyncPlan;
import org.psasync.engine.Verb;
import org.psasync.engine.apply.Adoption;
import org.psasync.engine.apply.Permit;
import org.psasync.engine.decide.GateReason;
import org.psasync.engine.decide.Policy;
import org.psasync.engine.desk.Desk;
import org.psasync.engine.desk.FailureText;
import org.psasync.engine.desk.Ledger;
import org.psasync.engine.desk.Parties;
import org.psasync.engine.desk.RehearsalPsa;
import org.psasync.engine.desk.RunStopped;
import org.psasync.engine.run.RunSteps;
import org.psasync.model.Asset;
import org.psasync.model.AssetKind;
import org.psasync.model.Fields;
import org.psasync.model.LocalId;
import org.psasync.model.LocalRef;
import org.psasync.model.Revision;
import org.psasync.spi.ConnectorException;
import org.psasync.store.Event;
import org.psasync.store.Grant;
import org.psasync.store.Pair;

/**
 * Finds out what a one-time push would do: a rehearsal of a run before which every local record was confirmed as it is
 * (ALL-1).
 */
public final class OneTimeRehearsal {
    private static final int MOST_CAUSES = 50;

    private final Parties parties;
    private final Map<LocalRef, Before> before = new LinkedHashMap<>();

    /** Makes a rehearsal. */
    public OneTimeRehearsal(Parties parties) {
        this.parties = parties;
    }

    /** A record as it was before the rehearsal. */
    private record Before(Revision revision, String title, boolean linked) {}

    /** Returns what a push of these kinds would do. */
    public OneTimePushPreview preview(Set<AssetKind> kinds) {
        String id = parties.newName();
        String refusal = parties.state().setup().refusal();
        if (refusal != null) {
            return unfinished(id, refusal);
        }
        Desk desk;
        try {
            desk = parties.rehearsalDesk(id);
        } catch (IllegalArgumentException | ConnectorException failure) {
            return unfinished(id, FailureText.of(failure));
        }
        long requests = desk.psa().requests();
        try {
            RunSteps steps = new RunSteps(
                    parties, desk, Permit.ALL, prepared -> kinds.forEach(kind -> confirmAll(prepared, kind, id)));
            steps.toTheEnd();
            return evaluated(steps.desk(), id, desk.psa().requests() - requests);
        } catch (ConnectorException | RunStopped failure) {
            return unfinished(id, requireNonNullElse(failure.getMessage(), failure.toString()));
        } catch (RuntimeException failure) {
            return unfinished(id, FailureText.of(failure));
        }
    }

    private OneTimePushPreview unfinished(String id, String message) {
        Instant now = parties.clock().instant();
        return new OneTimePushPreview(
                id,
                parties.integration(),
                parties.state().setup().settingsVersion(),
                now,
                Map.of(),
                List.of(),
                0,
                message);
    }

    /** Returns whether local records of a kind can go to the PSA at all. */
    private static boolean isPushed(Policy policy, AssetKind kind) {
        return policy.pushesCreates(kind) || policy.pushesUpdates(kind);
    }

    private void confirmAll(Desk desk, AssetKind kind, String id) {
        LocalId after = null;
        while (isPushed(desk.policy(), kind)) {
            List<Asset> page = desk.assets().list(kind, after, Desk.PAGE);
            Map<LocalId, Pair> pairs = new Adoption(desk).adopt(kind, page);
            List<Ledger.Entry> entries = new ArrayList<>();
            for (Asset asset : page) {
                Pair pair = pairs.getOrDefault(asset.id(), Pair.ofLocal(desk.newPairId(), asset.ref()));
                before.put(asset.ref(), new Before(asset.revision(), title(asset), pair.linked()));
                if (!pair.leftAlone()) {
                    Grant grant = OneTimeConfirmation.grant(desk, asset, new Grant.Terms.OneTime(id, null));
                    entries.add(Ledger.Entry.confirming(pair, grant, List.of()));
                }
            }
            new Ledger(desk).store(entries);
            if (page.size() < Desk.PAGE) {
                return;
            }
            after = page.get(page.size() - 1).id();
        }
    }

    private static String title(Asset asset) {
        return requireNonNullElse(Fields.title(asset.values()), "");
    }

    // What came of it ------------------------------------------------------------------------------------------------

    private OneTimePushPreview evaluated(Desk desk, String id, long requests) {
        Map<LocalRef, List<Event.Change>> updates = new HashMap<>();
        long writes = 0;
        for (SyncPlan.Item item : desk.tally().items()) {
            writes += item.verb() == Verb.CREATE_IN_PSA || item.verb() == Verb.UPDATE_IN_PSA ? 1 : 0;
            if (item.verb() == Verb.UPDATE_IN_PSA && item.local() != null) {
                updates.computeIfAbsent(item.local(), key -> new ArrayList<>()).addAll(item.changes());
            }
        }
        Map<AssetKind, Counting> counts = new EnumMap<>(AssetKind.class);
        List<Covered> records = new ArrayList<>();
        before.forEach((ref, was) -> {
            Pair pair = desk.state().byLocal(ref).orElse(null);
            Covered covered = covered(ref, was, pair, updates.get(ref));
            counts.computeIfAbsent(ref.kind(), key -> new Counting())
                    .add(covered, covered != null && updates.containsKey(ref), pair);
            if (covered != null) {
                records.add(covered);
            }
        });
        Map<AssetKind, Counts> kinds = new EnumMap<>(AssetKind.class);
        counts.forEach((kind, counting) -> kinds.put(kind, counting.counts()));
        return new OneTimePushPreview(
                id,
                parties.integration(),
                desk.setup().settingsVersion(),
                desk.now(),
                kinds,
                records,
                requests + writes,
                "");
    }

    private static @Nullable Covered covered(
            LocalRef ref, Before was, @Nullable Pair pair, @Nullable List<Event.Change> update) {
        if (pair == null || !pair.linked() || was.linked() && update == null) {
            return null;
        }
        boolean made = RehearsalPsa.isMade(Objects.requireNonNull(pair.remote()));
        Step step = was.linked() ? Step.UPDATE : made ? Step.CREATE : Step.LINK;
        List<Event.Change> overwritten = update == null || made
                ? List.of()
                : update.stream().filter(change -> change.before() != null).toList();
        return new Covered(ref, was.title(), was.revision(), step, made ? null : pair.remoteRef(), overwritten);
    }

    /** Counts the records of a kind. */
    private static final class Counting {
        private long creates;
        private long links;
        private long updates;
        private long doubts;
        private long unchanged;
        private final Map<String, Long> skipped = new HashMap<>();

        void add(@Nullable Covered covered, boolean updated, @Nullable Pair pair) {
            if (covered != null) {
                creates += covered.step() == Step.CREATE ? 1 : 0;
                links += covered.step() == Step.LINK ? 1 : 0;
                updates += updated && covered.step() != Step.CREATE ? 1 : 0;
            } else if (pair != null && pair.standing() == Disposition.IN_REVIEW) {
                doubts++;
            } else if (pair != null && pair.standing() == Disposition.IN_SYNC) {
                unchanged++;
            } else {
                causes(pair).forEach(this::skip);
            }
        }

        private void skip(String cause) {
            skipped.merge(skipped.size() < MOST_CAUSES ? cause : "other", 1L, Long::sum);
        }

        Counts counts() {
            return new Counts(creates, links, updates, doubts, unchanged, skipped);
        }

        /** A record that the gate turns away counts for each of its reasons (GATE-5). */
        private static List<String> causes(@Nullable Pair pair) {
            if (pair == null) {
                return List.of(Disposition.UNKNOWN.words());
            }
            if (!pair.turnedAway().isEmpty()) {
                return pair.turnedAway().stream()
                        .map(name -> GateReason.valueOf(name).words())
                        .toList();
            }
            boolean refused = pair.standing() == Disposition.REFUSED_BY_PSA
                    && pair.trouble().failure() != null;
            return List.of(
                    refused
                            ? Objects.requireNonNull(pair.trouble().failure()).text()
                            : pair.standing().words());
        }
    }
}
