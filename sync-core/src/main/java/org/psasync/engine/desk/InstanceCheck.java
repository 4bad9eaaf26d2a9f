package org.psasync.engine.desk;

import static java.util.Objects.requireNonNullElse;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.psasync.engine.decide.Instances;
import org.psasync.model.AssetKind;
import org.psasync.model.RemoteId;
import org.psasync.model.SyncState;
import org.psasync.spi.ConnectionCheck;
import org.psasync.spi.ConnectorException;
import org.psasync.spi.PsaConnector;
import org.psasync.spi.RemoteRead;
import org.psasync.store.IntegrationState;
import org.psasync.store.Observation;
import org.psasync.store.Pair;
import org.psasync.store.PairQuery;
import org.psasync.store.PsaInstance;
import org.psasync.store.PsaInstance.Known;
import org.psasync.store.Setup;

/** Finds out whether the PSA that answers is the one whose records are linked (SAFE-2); at most one request. */
public final class InstanceCheck {
    /** So many records are looked at; that all of them were renamed or deleted at once is not to be expected. */
    private static final int SAMPLE = 10;

    private static final List<AssetKind> KINDS =
            List.of(AssetKind.ORGANIZATION, AssetKind.CONFIGURATION, AssetKind.CONTACT, AssetKind.LOCATION);

    private final IntegrationState state;
    private final PsaConnector psa;

    /** Makes the check of what answers through a connector. */
    public InstanceCheck(IntegrationState state, PsaConnector psa) {
        this.state = state;
        this.psa = psa;
    }

    /**
     * Returns what the PSA is known by from now on; if another instance answers, why everything is stopped.
     *
     * @param answered what the connector's check answered just now
     */
    public PsaInstance of(ConnectionCheck answered) {
        Setup setup = state.setup();
        PsaInstance known = setup.instance();
        if (!anyLink()) {
            return new PsaInstance(answered.tenant(), List.of(), null);
        }
        ConnectionCheck last = setup.connection();
        String tenant = known.tenant() == null && last != null ? last.tenant() : known.tenant();
        if (tenant != null && !tenant.equals(answered.tenant())) {
            return known.stopped(Instances.otherTenant(psa.descriptor().displayName(), tenant, answered.tenant()));
        }
        List<Known> sample = sample(known.sample());
        Map<RemoteId, Set<String>> found = read(sample);
        boolean sameRights = last != null && last.rights().equals(answered.rights());
        if (found != null && Instances.isOther(sample, found, sameRights)) {
            return known.stopped(Instances.otherRecords(psa.descriptor().displayName(), sample.size()));
        }
        return new PsaInstance(answered.tenant(), found == null ? sample : asFound(sample, found), null);
    }

    /** Returns whether there is any link. */
    private boolean anyLink() {
        for (AssetKind kind : AssetKind.values()) {
            for (SyncState each : SyncState.values()) {
                if (!state.pairs(new PairQuery.InState(kind, each, null), null, 1)
                        .isEmpty()) {
                    return true;
                }
            }
        }
        return false;
    }

    /** The records by which the PSA was last known, and others while there are too few of them. */
    private List<Known> sample(List<Known> known) {
        if (known.size() >= Instances.FEWEST) {
            return known;
        }
        for (AssetKind kind : KINDS) {
            List<Known> some = new ArrayList<>();
            for (Pair pair : state.pairs(new PairQuery.InState(kind, SyncState.SYNCING, null), null, SAMPLE)) {
                Observation observed = pair.observed();
                if (observed != null && observed.visible() && !observed.deleted()) {
                    Set<String> texts = Instances.texts(observed.values());
                    if (!texts.isEmpty()) {
                        some.add(new Known(Objects.requireNonNull(pair.remoteRef()), texts));
                    }
                }
            }
            if (some.size() >= Instances.FEWEST) {
                return some;
            }
        }
        return List.of();
    }

    /** Returns by what the records are known that were found; null when the right to read them is missing. */
    private @Nullable Map<RemoteId, Set<String>> read(List<Known> sample) {
        Map<RemoteId, Set<String>> result = new HashMap<>();
        if (sample.isEmpty()) {
            return result;
        }
        List<RemoteId> ids =
                sample.stream().map(each -> each.record().id()).distinct().toList();
        try {
            psa.read(sample.get(0).record().kind(), ids).forEach((id, read) -> {
                if (read instanceof RemoteRead.Found found) {
                    result.put(id, Instances.texts(found.record().values()));
                } else if (read instanceof RemoteRead.NotUnderstood) {
                    sample.stream() // it is there, and nothing speaks against its being the same
                            .filter(each -> each.record().id().equals(id))
                            .forEach(each -> result.put(id, each.texts()));
                }
            });
        } catch (ConnectorException.Forbidden missing) {
            return null;
        }
        return result;
    }

    /** Renamed records are known by their new names from now on; those that are gone make room for others. */
    private static List<Known> asFound(List<Known> sample, Map<RemoteId, Set<String>> found) {
        List<Known> result = new ArrayList<>();
        for (Known each : sample) {
            Set<String> now = requireNonNullElse(found.get(each.record().id()), new HashSet<>());
            if (!now.isEmpty()) {
                result.add(new Known(each.record(), now));
            }
        }
        return result;
    }
}
