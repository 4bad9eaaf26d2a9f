package org.psasync.engine.bulk;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.psasync.engine.Disposition;
import org.psasync.engine.SettingsPreview.KindEffect;
import org.psasync.engine.SyncSettings.ConflictPolicy;
import org.psasync.engine.SyncSettings.OnDoubt;
import org.psasync.engine.decide.Gate;
import org.psasync.engine.decide.Policy;
import org.psasync.engine.desk.Desk;
import org.psasync.engine.pair.Unpushed;
import org.psasync.model.AssetKind;
import org.psasync.model.Field;
import org.psasync.model.FieldType;
import org.psasync.model.FieldValues;
import org.psasync.model.PairId;
import org.psasync.model.RemoteId;
import org.psasync.model.RemoteRef;
import org.psasync.model.SyncState;
import org.psasync.spi.FieldRule;
import org.psasync.store.IntegrationState;
import org.psasync.store.Observation;
import org.psasync.store.Pair;
import org.psasync.store.PairQuery;

/**
 * Counts what other settings would do to the records that are known (SET-1). Reads pairs page by page, asks neither side
 * and holds nobody up; kept are the ids of organizations that sync.
 */
public final class SettingsEffect {
    /** Where the newer value wins, it may be the PSA's. */
    private static final Set<ConflictPolicy> LOCAL_LOSES =
            EnumSet.of(ConflictPolicy.PSA_WINS, ConflictPolicy.NEWEST_WINS);

    private final IntegrationState state;
    private final Policy before;
    private final Policy after;
    private final boolean settled;
    private final Gate gateBefore;
    private final Gate gateAfter;
    private final Set<RemoteId> organizationsBefore = new HashSet<>();
    private final Set<RemoteId> organizationsAfter = new HashSet<>();
    private final boolean decidesDoubts;
    private final Set<AssetKind> entering = EnumSet.noneOf(AssetKind.class);

    /**
     * Prepares the count.
     *
     * @param before what is decided by now
     * @param after what would be decided by
     * @param settled whether a run has acted on the settings of now; if not, what it will do because of them counts too
     */
    public SettingsEffect(IntegrationState state, Policy before, Policy after, boolean settled) {
        this.state = state;
        this.before = before;
        this.after = after;
        this.settled = settled;
        this.decidesDoubts = before.settings().matching().onDoubt() == OnDoubt.ASK
                && after.settings().matching().onDoubt() != OnDoubt.ASK;
        this.gateBefore = new Gate(before);
        this.gateAfter = new Gate(after);
        for (AssetKind kind : AssetKind.values()) {
            if (after.settings().enabled(kind) && !before.settings().enabled(kind)) {
                entering.add(kind);
            }
        }
    }

    /** Returns what happens to each kind that has records; the organizations come first, since the others hang on them. */
    public Map<AssetKind, KindEffect> count() {
        Map<AssetKind, KindEffect> result = new EnumMap<>(AssetKind.class);
        for (AssetKind kind : AssetKind.values()) {
            Count count = new Count(kind);
            PairId last = null;
            while (true) {
                List<Pair> page = state.pairs(new PairQuery.OfKind(kind), last, Desk.PAGE);
                if (page.isEmpty()) {
                    break;
                }
                last = page.get(page.size() - 1).id();
                page.forEach(count::add);
            }
            if (count.seen > 0) {
                result.put(
                        kind,
                        new KindEffect(count.links, count.pulled, count.orphaned, count.returning, count.overwritten));
            }
        }
        return result;
    }

    /** The sums of one kind. */
    private final class Count {
        private final AssetKind kind;
        private final List<Field<?>> fieldsEntering = new ArrayList<>();
        private final List<Field<?>> references = new ArrayList<>();
        /** Fields whose local changes went to the PSA, and will be put back instead. */
        private final Set<Field<?>> losing = new HashSet<>();

        private long seen;
        private long links;
        private long pulled;
        private long orphaned;
        private long returning;
        private long overwritten;

        Count(AssetKind kind) {
            this.kind = kind;
            for (FieldRule rule : after.rules(kind)) {
                if (before.pushes(rule) && !after.pushes(rule)) {
                    losing.add(rule.field());
                }
                if (!before.maps(rule.field())) {
                    fieldsEntering.add(rule.field());
                } else if (rule.field().type() == FieldType.REFERENCE) {
                    references.add(rule.field());
                }
            }
        }

        void add(Pair pair) {
            seen++;
            Observation observed = pair.observed();
            boolean linked = pair.linked();
            links += linked ? 1 : 0;
            if (pair.leftAlone() || observed == null || observed.deleted() || !observed.visible()) {
                return;
            }
            FieldValues values = observed.values();
            RemoteId organization = kind == AssetKind.ORGANIZATION ? null : pair.organization();
            boolean opens = isOpen(gateAfter, observed, linked, organization, organizationsAfter);
            boolean syncing = pair.state() == SyncState.SYNCING;
            // Of a record that syncs, and will, nothing else has to be known: there are many of them.
            boolean open = syncing && opens || isOpen(gateBefore, observed, linked, organization, organizationsBefore);
            note(pair, syncing || !linked && open, opens);
            if (linked) {
                boolean moves = !settled || open != opens;
                orphaned += moves && syncing && !opens ? 1 : 0;
                returning += moves && !syncing && opens ? 1 : 0;
                boolean returns = moves && !syncing && opens;
                boolean loses = losesValues(pair, values) || returns && differs(pair, values) || isDecided(pair);
                overwritten += opens && loses ? 1 : 0;
            } else if (opens && (pair.disposition() == Disposition.IN_REVIEW ? decidesDoubts : !open || !settled)) {
                pulled++;
            }
        }

        private void note(Pair pair, boolean now, boolean then) {
            RemoteId remote = pair.remote();
            if (kind == AssetKind.ORGANIZATION && remote != null) {
                if (now) {
                    organizationsBefore.add(remote);
                }
                if (then) {
                    organizationsAfter.add(remote);
                }
            }
        }

        private boolean isOpen(
                Gate gate,
                Observation observed,
                boolean linked,
                @Nullable RemoteId organization,
                Set<RemoteId> organizations) {
            return (kind == AssetKind.ORGANIZATION || organization != null && organizations.contains(organization))
                    && (linked ? gate.judge(observed.values(), true) : gate.judgeNew(observed)).isEmpty();
        }

        /** Whether the PSA's values are others than those that were agreed. */
        private boolean differs(Pair pair, FieldValues values) {
            FieldValues agreed = pair.baseOrNone().remote();
            return agreed.fields().stream()
                    .anyMatch(field -> values.has(field) && !Objects.equals(values.get(field), agreed.get(field)));
        }

        /** Whether a conflict that a person was to decide is decided against the local value (MERGE-5). */
        private boolean isDecided(Pair pair) {
            return pair.trouble().frozen().stream()
                    .anyMatch(field -> before.settings().conflicts().of(field) == ConflictPolicy.ASK
                            && LOCAL_LOSES.contains(after.settings().conflicts().of(field)));
        }

        /** Whether values without a base are replaced (FIELD-11, SET-5), or local changes are put back (PUSH-1). */
        private boolean losesValues(Pair pair, FieldValues values) {
            if (!losing.isEmpty() && Unpushed.possibly(pair, losing)) {
                return true;
            }
            for (Field<?> field : fieldsEntering) {
                if (values.get(field) != null) {
                    return true;
                }
            }
            return !entering.isEmpty()
                    && references.stream().anyMatch(field -> !pair.baseOrNone().has(field) && enters(field, values));
        }

        /** Whether what the PSA has for a reference was not synced until now; none counts where it replaces (SET-5). */
        private boolean enters(Field<?> field, FieldValues values) {
            return values.get(field) instanceof RemoteRef ref
                    ? entering.contains(ref.kind())
                    : values.has(field)
                            && entering.contains(AssetKind.LOCATION)
                            && after.connector().locationsReplaced().contains(field);
        }
    }
}
