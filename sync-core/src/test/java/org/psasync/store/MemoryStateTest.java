package org.psasync.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.psasync.model.AssetKind;
import org.psasync.model.LocalId;
import org.psasync.model.PairId;
import org.psasync.model.RemoteId;
import org.psasync.model.RemoteRef;
import org.psasync.model.SyncState;

class MemoryStateTest {
    private static final RemoteRef RECORD = new RemoteRef(AssetKind.CONTACT, new RemoteId("101"));
    private static final RemoteRef OTHER = new RemoteRef(AssetKind.CONTACT, new RemoteId("102"));

    private final IntegrationState state = StateStore.inMemory().integration("contoso/fake");

    private static Pair pair(long number, RemoteRef record) {
        return Pair.ofRemote(new PairId(0, number), record);
    }

    private Pair stored(long number) {
        return state.pair(new PairId(0, number)).orElseThrow();
    }

    @Test
    @DisplayName("S4, P5: two pairs of one record are not stored by one commit")
    void refusesTwins() {
        Commit twins =
                Commit.builder().put(pair(1, RECORD)).put(pair(2, RECORD)).build();

        assertThatThrownBy(() -> state.commit(twins)).isInstanceOf(StaleStateException.class);
        assertThat(state.byRemote(RECORD)).isEmpty();
    }

    @Test
    @DisplayName("S4, P5: a record is only taken from a pair that gives it up in the same commit")
    void asksWhetherItIsGivenUp() {
        state.commit(Commit.builder().put(pair(1, RECORD)).build());
        Commit keeps =
                Commit.builder().put(stored(1).madeDirty()).put(pair(2, RECORD)).build();
        assertThatThrownBy(() -> state.commit(keeps)).isInstanceOf(StaleStateException.class);

        Pair moved = stored(1).toBuilder().remote(OTHER.id()).build();
        state.commit(Commit.builder().put(moved).put(pair(2, RECORD)).build());

        assertThat(state.byRemote(RECORD).orElseThrow().id()).isEqualTo(new PairId(0, 2));
        assertThat(state.byRemote(OTHER).orElseThrow().id()).isEqualTo(new PairId(0, 1));
    }

    @Test
    @DisplayName("S3: a pair that is put twice by one commit has the stored version only once")
    void refusesAPairTwice() {
        state.commit(Commit.builder().put(pair(1, RECORD)).build());
        Commit twice =
                Commit.builder().put(stored(1)).put(stored(1).madeDirty()).build();

        assertThatThrownBy(() -> state.commit(twice)).isInstanceOf(StaleStateException.class);
        assertThat(stored(1).dirty()).isFalse();
    }

    private static final LocalId LOCAL = new LocalId("l1");

    private static Pair link(long number) {
        return pair(number, RECORD).toBuilder()
                .local(LOCAL)
                .state(SyncState.SYNCING)
                .build();
    }

    private static void move(IntegrationState state, UnaryOperator<Participation> change) {
        Setup setup = state.setup();
        state.commit(Commit.builder()
                .setup(setup.with(change.apply(setup.participation())))
                .build());
    }

    @Test
    @DisplayName(
            "S7, SET-9: a local record that another integration holds cannot be taken, until that one is disconnected")
    void keepsRecordsToTheirOwner() {
        StateStore store = StateStore.inMemory();
        IntegrationState first = store.integration("first");
        IntegrationState second = store.integration("second");
        first.commit(Commit.builder().put(link(1)).build());
        Commit taking = Commit.builder().put(link(2)).build();

        assertThat(second.ownedElsewhere(AssetKind.CONTACT, List.of(LOCAL))).containsEntry(LOCAL, "first");
        assertThatThrownBy(() -> second.commit(taking)).isInstanceOf(StaleStateException.class);
        assertThat(second.byRemote(RECORD)).isEmpty();

        move(first, Participation::disconnected);
        second.commit(taking);
        move(first, Participation::connectedAgain);

        assertThat(first.ownedElsewhere(AssetKind.CONTACT, List.of(LOCAL))).containsEntry(LOCAL, "second");
        assertThat(second.ownedElsewhere(AssetKind.CONTACT, List.of(LOCAL))).isEmpty();
    }

    @Test
    @DisplayName("S7, SET-9: of many integrations that take a local record at the same moment one gets it")
    void letsOneTakeIt() throws Exception {
        StateStore store = StateStore.inMemory();
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            for (int round = 0; round < 50; round++) {
                LocalId local = new LocalId("l" + round);
                RemoteRef remote = new RemoteRef(AssetKind.CONTACT, new RemoteId("r" + round));
                List<Callable<Boolean>> takers = new ArrayList<>();
                for (int i = 0; i < 8; i++) {
                    IntegrationState state = store.integration("integration " + i);
                    Pair link = pair(round, remote).toBuilder()
                            .local(local)
                            .state(SyncState.SYNCING)
                            .build();
                    takers.add(() -> takes(state, link));
                }
                int taken = 0;
                for (Future<Boolean> each : threads.invokeAll(takers)) {
                    taken += each.get() ? 1 : 0;
                }
                assertThat(taken).isEqualTo(1);
            }
        } finally {
            threads.shutdown();
        }
    }

    private static boolean takes(IntegrationState state, Pair link) {
        try {
            state.commit(Commit.builder().put(link).build());
            return true;
        } catch (StaleStateException owned) {
            return false;
        }
    }
}
