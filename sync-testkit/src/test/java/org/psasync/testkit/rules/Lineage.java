package org.psasync.testkit.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.psasync.model.AssetKind.CONFIGURATION;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.psasync.model.Asset;
import org.psasync.model.LocalRef;
import org.psasync.model.RemoteRef;
import org.psasync.spi.RemoteRecord;
import org.psasync.store.Pair;
import org.psasync.store.PairQuery;

/** Which configuration was made for which one of the other side, as far as the engine made it (P4). */
final class Lineage {
    private final Stage stage;
    private final Set<RemoteRef> madeInPsa;
    private final Set<LocalRef> madeLocally;
    private final Map<RemoteRef, LocalRef> madeFor = new HashMap<>();
    private final Map<LocalRef, RemoteRef> pulledFrom = new HashMap<>();

    /** Makes one; the sets are what users made, and grow. */
    Lineage(Stage stage, Set<RemoteRef> madeInPsa, Set<LocalRef> madeLocally) {
        this.stage = stage;
        this.madeInPsa = madeInPsa;
        this.madeLocally = madeLocally;
    }

    /** To be called after each step: a link may not be there any more at the end. */
    void observe() {
        for (Pair pair : stage.state().pairs(new PairQuery.OfKind(CONFIGURATION), null, 10_000)) {
            LocalRef local = pair.localRef();
            RemoteRef remote = pair.remoteRef();
            if (pair.linked() && local != null && remote != null) {
                if (!madeInPsa.contains(remote)) {
                    madeFor.putIfAbsent(remote, local);
                }
                if (!madeLocally.contains(local)) {
                    pulledFrom.putIfAbsent(local, remote);
                }
            }
        }
    }

    /**
     * A record that no user made was made by the engine for one that a user of the other side made, each for another one.
     * Until it is settled, it may be unlinked, as a candidate of the record it was made for. What a manager deleted in the
     * host may have been pulled anew.
     */
    void check() {
        Set<LocalRef> owners = new HashSet<>();
        for (RemoteRecord record : stage.psa.all(CONFIGURATION)) {
            if (!madeInPsa.contains(record.ref())) {
                LocalRef owner = madeFor.getOrDefault(record.ref(), candidateOf(record.ref()));
                assertThat(owner).as("P4 %s", record).isIn(madeLocally);
                assertThat(owners.add(owner)).as("P4 second of %s", owner).isTrue();
            }
        }
        List<Asset> assets = stage.all(CONFIGURATION);
        Set<LocalRef> here = assets.stream().map(Asset::ref).collect(Collectors.toSet());
        Set<RemoteRef> sources = new HashSet<>();
        for (Asset asset : assets) {
            if (!madeLocally.contains(asset.ref())) {
                RemoteRef source = pulledFrom.get(asset.ref());
                assertThat(source).as("P4 %s", asset).isNotNull();
                assertThat(madeInPsa.contains(source) || !here.contains(madeFor.get(source)))
                        .as("P4 %s is a second one of %s", asset, source)
                        .isTrue();
                assertThat(sources.add(source)).as("P4 second of %s", source).isTrue();
            }
        }
    }

    private LocalRef candidateOf(RemoteRef made) {
        return stage.state().pairs(new PairQuery.WithWriteInFlight(CONFIGURATION), null, 10_000).stream()
                .filter(pair -> isCandidate(made, pair))
                .map(Pair::localRef)
                .findFirst()
                .orElse(null);
    }

    private static boolean isCandidate(RemoteRef made, Pair pair) {
        return pair.trouble().review() != null
                && pair.trouble().review().candidates().stream()
                        .anyMatch(candidate -> candidate.record().equals(made));
    }
}
