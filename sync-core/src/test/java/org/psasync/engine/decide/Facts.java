package org.psasync.engine.decide;

import static org.psasync.engine.decide.Samples.ACTIVE;
import static org.psasync.engine.decide.Samples.CUSTOMER;
import static org.psasync.engine.decide.Samples.NOW;
import static org.psasync.engine.decide.Samples.SERVER;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.psasync.model.Asset;
import org.psasync.model.AssetKind;
import org.psasync.model.AssetRef;
import org.psasync.model.Choice;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.FieldValues;
import org.psasync.model.LocalId;
import org.psasync.model.LocalRef;
import org.psasync.model.OrganizationFields;
import org.psasync.model.PairId;
import org.psasync.model.RemoteRef;
import org.psasync.model.SyncState;
import org.psasync.store.Grant;
import org.psasync.store.Observation;
import org.psasync.store.Pair;

/** Facts about one server under one organization, for tests of decisions. */
final class Facts {
    static final LocalRef ORGANIZATION = LocalRef.of(AssetKind.ORGANIZATION, "organization");
    static final RemoteRef COMPANY = RemoteRef.of(AssetKind.ORGANIZATION, "company");
    static final LocalRef HERE = LocalRef.of(AssetKind.CONFIGURATION, "here");
    static final RemoteRef THERE = RemoteRef.of(AssetKind.CONFIGURATION, "there");
    static final PairFacts.Rivals NO_RIVALS = new PairFacts.Rivals(List.of(), List.of());
    static final FieldValues GOOD_HERE = server(ORGANIZATION, SERVER, ACTIVE);
    static final FieldValues GOOD_THERE = server(COMPANY, SERVER, ACTIVE);

    private Facts() {}

    static FieldValues server(AssetRef organization, Choice type, Choice status) {
        return FieldValues.of(AssetKind.CONFIGURATION)
                .set(ConfigurationFields.ORGANIZATION, organization)
                .set(ConfigurationFields.NAME, "SRV-1")
                .set(ConfigurationFields.TYPE, type)
                .set(ConfigurationFields.STATUS, status)
                .build();
    }

    static FieldValues company(Choice type) {
        return FieldValues.of(AssetKind.ORGANIZATION)
                .set(OrganizationFields.NAME, "Acme")
                .set(OrganizationFields.TYPES, Set.of(type))
                .set(OrganizationFields.STATUS, ACTIVE)
                .build();
    }

    static Pair organization(@Nullable SyncState state, Choice type) {
        return Pair.ofRemote(new PairId(0, 1), COMPANY).toBuilder()
                .local(state == null ? null : ORGANIZATION.id())
                .state(state)
                .observed(Samples.observed(company(type)))
                .build();
    }

    /** A pair whose two ids are the same text, as the other side of what a record refers to. */
    static Pair linked(AssetKind kind, String id, SyncState state, FieldValues remote) {
        return Pair.ofRemote(new PairId(1, id.hashCode()), RemoteRef.of(kind, id)).toBuilder()
                .local(new LocalId(id))
                .state(state)
                .observed(Samples.observed(remote))
                .build();
    }

    static LinkTable links(Pair... pairs) {
        Map<LocalRef, Pair> here = new HashMap<>();
        Map<RemoteRef, Pair> there = new HashMap<>();
        for (Pair pair : pairs) {
            // A record of the host whose PSA record is not linked yet is known by the record that it would be.
            here.put(pair.local() == null ? new LocalRef(pair.kind(), ORGANIZATION.id()) : pair.localRef(), pair);
            if (pair.remoteRef() != null) {
                there.put(pair.remoteRef(), pair);
            }
        }
        return new LinkTable(here, there);
    }

    static LinkTable syncing() {
        return links(organization(SyncState.SYNCING, CUSTOMER));
    }

    static Pair.Builder link(FieldValues remote) {
        return remote(Samples.observed(remote)).local(HERE.id()).state(SyncState.SYNCING);
    }

    static Pair.Builder remote(@Nullable Observation observed) {
        return Pair.ofRemote(new PairId(0, 2), THERE).toBuilder().observed(observed);
    }

    static Pair.Builder local(@Nullable FieldValues confirmed) {
        return Pair.ofLocal(new PairId(0, 2), HERE).toBuilder()
                .grant(confirmed == null ? null : new Grant(confirmed, "ursula", NOW));
    }

    static PairFacts facts(Pair.Builder pair, @Nullable FieldValues local, LinkTable links) {
        Asset asset = local == null ? null : Samples.asset(HERE.id().value(), local);
        return new PairFacts(pair.build(), asset, true, links, NO_RIVALS, null, false, false, null);
    }
}
