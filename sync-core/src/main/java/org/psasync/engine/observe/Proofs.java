package org.psasync.engine.observe;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.psasync.engine.desk.Desk;
import org.psasync.engine.desk.Ledger;
import org.psasync.engine.pair.Absences;
import org.psasync.model.AssetKind;
import org.psasync.model.RemoteId;
import org.psasync.model.SyncState;
import org.psasync.spi.ConnectorException;
import org.psasync.spi.KindDescriptor;
import org.psasync.spi.RemoteRead;
import org.psasync.store.Checks.Rights;
import org.psasync.store.Observation;
import org.psasync.store.Pair;
import org.psasync.store.PairQuery;

/**
 * Weighs answers "not found" (STATE-5). One can be part of a proof only where the PSA keeps no flag, beside a linked
 * record that was found, with the rights under which the record was last seen, and while its organization is visible.
 */
final class Proofs {
    private static final int MOST_WITNESSES = 5;

    private final Desk desk;
    private final Observer observer;

    Proofs(Desk desk, Observer observer) {
        this.desk = desk;
        this.observer = observer;
    }

    /** Notes the records that a read begun at that time did not find. */
    void weigh(AssetKind kind, Map<RemoteId, RemoteRead> answers, Instant from) {
        List<RemoteId> missing = answers.entrySet().stream()
                .filter(entry -> entry.getValue() instanceof RemoteRead.NotFound)
                .map(Map.Entry::getKey)
                .toList();
        if (missing.isEmpty()) {
            return;
        }
        Rights rights = desk.state().progress().checks().rights();
        Collection<Pair> pairs = desk.state().byRemote(kind, missing).values();
        Set<RemoteId> counting = counting(kind, pairs, answers, from, rights);
        List<Ledger.Entry> entries = new ArrayList<>();
        for (Pair pair : pairs) {
            entries.add(new Ledger.Entry(
                    pair,
                    stored -> Absences.notFound(
                            isFromOtherRights(stored, rights) ? Absences.anew(stored) : stored,
                            from,
                            counting.contains(stored.remote())),
                    List.of()));
        }
        new Ledger(desk).store(entries);
    }

    /** Returns the records for which the answer can be part of a proof; costs requests only if one may be. */
    private Set<RemoteId> counting(
            AssetKind kind,
            Collection<Pair> pairs,
            Map<RemoteId, RemoteRead> answers,
            Instant from,
            @Nullable Rights rights) {
        boolean flagOnly =
                desk.policy().kind(kind).map(KindDescriptor::keepsDeleted).orElse(true);
        if (flagOnly || rights == null || !rights.text().equals(desk.rights())) {
            return Set.of();
        }
        List<Pair> suspects = pairs.stream()
                .filter(pair -> pair.linked() && !pair.leftAlone() && wasSeenWith(pair, rights))
                .toList();
        if (suspects.isEmpty() || !hasWitness(kind, answers)) {
            return Set.of();
        }
        Set<RemoteId> hidden = hiddenOrganizations(suspects);
        List<Pair> counting = suspects.stream()
                .filter(pair -> pair.organization() == null || !hidden.contains(pair.organization()))
                .toList();
        boolean completes = counting.stream().anyMatch(pair -> isProven(pair, from));
        if (completes && !desk.rightsNow().equals(rights.text())) {
            return Set.of();
        }
        return counting.stream()
                .map(Pair::remote)
                .filter(Objects::nonNull)
                .map(Objects::requireNonNull)
                .collect(Collectors.toSet());
    }

    private static boolean isProven(Pair pair, Instant from) {
        Observation observed = Absences.notFound(pair, from, true).observed();
        return observed != null
                && observed.absence() != null
                && observed.absence().proven();
    }

    /** Returns whether the record was seen since the rights are what they are. */
    private static boolean wasSeenWith(Pair pair, Rights rights) {
        Observation observed = pair.observed();
        return pair.seenIn() >= rights.check()
                || observed != null && !observed.from().isBefore(rights.since());
    }

    private static boolean isFromOtherRights(Pair pair, @Nullable Rights rights) {
        Observation observed = pair.observed();
        return rights != null
                && observed != null
                && observed.absence() != null
                && observed.absence().since().isBefore(rights.since());
    }

    /** Returns whether a linked record was found too, in the same answer or asked for now. */
    private boolean hasWitness(AssetKind kind, Map<RemoteId, RemoteRead> answers) {
        Map<RemoteId, Pair> asked = desk.state().byRemote(kind, answers.keySet());
        boolean beside = asked.values().stream()
                .anyMatch(pair ->
                        pair.state() == SyncState.SYNCING && answers.get(pair.remote()) instanceof RemoteRead.Found);
        return beside || anotherIsThere(kind, answers.keySet());
    }

    private boolean anotherIsThere(AssetKind kind, Set<RemoteId> asked) {
        List<RemoteId> others = desk
                .state()
                .pairs(new PairQuery.InState(kind, SyncState.SYNCING, null), null, asked.size() + MOST_WITNESSES)
                .stream()
                .map(Pair::remote)
                .filter(Objects::nonNull)
                .map(Objects::requireNonNull)
                .filter(id -> !asked.contains(id))
                .limit(MOST_WITNESSES)
                .toList();
        return !others.isEmpty()
                && desk.psa().read(kind, others).values().stream().anyMatch(RemoteRead.Found.class::isInstance);
    }

    /**
     * Reads the organizations of records again: what belongs to one that is not visible is not visible either. One that is
     * left alone is never read (STATE-7), so nobody knows whether it is visible.
     */
    private Set<RemoteId> hiddenOrganizations(Collection<Pair> pairs) {
        Set<RemoteId> organizations = pairs.stream()
                .map(Pair::organization)
                .filter(Objects::nonNull)
                .map(Objects::requireNonNull)
                .collect(Collectors.toSet());
        Set<RemoteId> read = new HashSet<>(organizations);
        desk.state().byRemote(AssetKind.ORGANIZATION, organizations).forEach((id, organization) -> {
            if (organization.leftAlone()) {
                read.remove(id);
            }
        });
        try {
            Set<RemoteId> hidden = new HashSet<>(organizations);
            observer.read(AssetKind.ORGANIZATION, read).forEach((id, organization) -> {
                Observation observed = organization.observed();
                if (observed != null && observed.visible() && !observed.deleted()) {
                    hidden.remove(id);
                }
            });
            return hidden;
        } catch (ConnectorException.Forbidden forbidden) {
            return organizations;
        }
    }
}
