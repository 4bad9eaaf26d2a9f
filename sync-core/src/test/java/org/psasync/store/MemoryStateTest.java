package org.psasync.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.psasync.model.AssetKind;
import org.psasync.model.PairId;
import org.psasync.model.RemoteId;
import org.psasync.model.RemoteRef;

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
}
