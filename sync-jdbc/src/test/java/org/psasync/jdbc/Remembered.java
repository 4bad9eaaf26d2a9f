package org.psasync.jdbc;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.psasync.engine.Disposition;
import org.psasync.model.AssetKind;
import org.psasync.model.Choice;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.FieldValues;
import org.psasync.model.LocalId;
import org.psasync.model.LocalRef;
import org.psasync.model.OrganizationFields;
import org.psasync.model.OrphanReason;
import org.psasync.model.PairId;
import org.psasync.model.Problem;
import org.psasync.model.RemoteRef;
import org.psasync.model.SyncState;
import org.psasync.spi.RemoteVersion;
import org.psasync.store.Base;
import org.psasync.store.Candidate;
import org.psasync.store.Commit;
import org.psasync.store.Event;
import org.psasync.store.Grant;
import org.psasync.store.InFlight;
import org.psasync.store.IntegrationState;
import org.psasync.store.Observation;
import org.psasync.store.Pair;
import org.psasync.store.Progress;
import org.psasync.store.Setup;
import org.psasync.store.Trouble;

/**
 * Something of everything that a store can hold, always the same: the dumps of earlier versions hold it as the libraries of
 * their time kept it. What is added to it later is missing there; so nothing is added, and a new version gets a new dump.
 */
final class Remembered {
    static final String NAME = "contoso/psa";
    static final String OTHER = "contoso/other";
    static final Instant NOW = Instant.parse("2026-03-01T08:00:00.250Z");
    static final Choice TYPE = new Choice("2", "Server \"é\"");
    static final Choice STATUS = new Choice("1", "Active");

    private Remembered() {}

    static void fill(IntegrationState state, IntegrationState other) {
        state.commit(Commit.builder()
                .setup(Setup.initial())
                .progress(Progress.none())
                .put(organization())
                .put(configuration(1).state(SyncState.SYNCING).build())
                .put(configuration(2)
                        .orphaned(Set.of(OrphanReason.TYPE_NOT_SELECTED))
                        .build())
                .put(configuration(3).state(SyncState.DISABLED).build())
                .put(saved())
                .put(creating())
                .put(doubtful())
                .event(event(1, Event.Type.CREATED_LOCALLY, "run-1"))
                .event(event(9, Event.Type.UPDATED_IN_PSA, null))
                .event(event(5, Event.Type.NOTED, null))
                .build());
        state.lease("node-1", Duration.ofMinutes(10), NOW);
        state.claim(new PairId(1, 1), "node-2", NOW.plusSeconds(60), NOW);
        other.commit(Commit.builder()
                .put(Pair.ofLocal(new PairId(1, 1), LocalRef.of(AssetKind.CONTACT, "c1")))
                .build());
    }

    private static Pair organization() {
        FieldValues values = FieldValues.of(AssetKind.ORGANIZATION)
                .set(OrganizationFields.NAME, "Acme\nInc")
                .set(OrganizationFields.TYPES, Set.of(TYPE))
                .set(OrganizationFields.STATUS, STATUS)
                .build();
        return link(Pair.ofRemote(new PairId(0, 1), RemoteRef.of(AssetKind.ORGANIZATION, "7")), "o1", values, values)
                .state(SyncState.SYNCING)
                .build();
    }

    private static FieldValues values(int number, boolean local) {
        return FieldValues.of(AssetKind.CONFIGURATION)
                .set(
                        ConfigurationFields.ORGANIZATION,
                        local ? LocalRef.of(AssetKind.ORGANIZATION, "o1") : RemoteRef.of(AssetKind.ORGANIZATION, "7"))
                .set(ConfigurationFields.NAME, "SRV-" + number)
                .set(ConfigurationFields.TYPE, TYPE)
                .set(ConfigurationFields.STATUS, STATUS)
                .set(ConfigurationFields.NOTES, null)
                .set(ConfigurationFields.ACTIVE, true)
                .build();
    }

    private static Pair.Builder configuration(int number) {
        return link(
                Pair.ofRemote(new PairId(1, number), RemoteRef.of(AssetKind.CONFIGURATION, "r" + number)),
                "l" + number,
                values(number, true),
                values(number, false));
    }

    private static Pair.Builder link(Pair pair, String local, FieldValues here, FieldValues there) {
        return pair.toBuilder()
                .local(new LocalId(local))
                .observed(new Observation(there, new RemoteVersion("v1", NOW), false, NOW, null))
                .base(new Base(here, there))
                .seenIn(3)
                .disposition(Disposition.IN_SYNC);
    }

    /** With a grant, a failure, something awaited, and a time. */
    private static Pair saved() {
        FieldValues values = values(4, true);
        Trouble trouble = Trouble.NONE.withFailure(new Trouble.Failure(
                Trouble.Side.PSA,
                List.of(Problem.of(ConfigurationFields.NAME, Problem.Code.TOO_LONG, "too long")),
                2,
                values));
        return configuration(4)
                .state(SyncState.SYNCING)
                .grant(new Grant(values, "ann", NOW))
                .trouble(trouble)
                .awaited(Set.of(RemoteRef.of(AssetKind.CONTACT, "c9")))
                .lastWrite(NOW)
                .dirty(true)
                .mustRead(true)
                .dueAt(NOW.plusSeconds(60))
                .build();
    }

    private static Pair creating() {
        return Pair.ofRemote(new PairId(1, 5), RemoteRef.of(AssetKind.CONFIGURATION, "r5")).toBuilder()
                .observed(new Observation(values(5, false), RemoteVersion.UNKNOWN, false, NOW, null))
                .inFlight(new InFlight.CreatingLocal(values(5, true), NOW))
                .matchText("srv-5")
                .dirty(true)
                .build();
    }

    private static Pair doubtful() {
        Trouble.Review review = new Trouble.Review(
                "which?",
                List.of(new Candidate(RemoteRef.of(AssetKind.CONFIGURATION, "r1"), "SRV-1", "same name")),
                NOW);
        return Pair.ofLocal(new PairId(1, 6), LocalRef.of(AssetKind.CONFIGURATION, "l6")).toBuilder()
                .matchText("srv-1")
                .trouble(Trouble.NONE.withReview(review))
                .disposition(Disposition.IN_REVIEW)
                .turnedAway(Set.of("TYPE_NOT_SELECTED"))
                .build();
    }

    private static Event event(long second, Event.Type type, @Nullable String run) {
        return new Event(
                0,
                NOW.plusSeconds(second),
                run,
                run == null ? "ann" : null,
                type,
                AssetKind.CONFIGURATION,
                new PairId(1, 1),
                new LocalId("l1"),
                RemoteRef.of(AssetKind.CONFIGURATION, "r1").id(),
                List.of(new Event.Change(ConfigurationFields.NAME, null, "SRV-1")),
                "because");
    }
}
