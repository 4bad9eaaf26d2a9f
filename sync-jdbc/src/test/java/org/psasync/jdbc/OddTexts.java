package org.psasync.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.psasync.model.AssetKind;
import org.psasync.model.LocalRef;
import org.psasync.model.PairId;
import org.psasync.model.RemoteRef;
import org.psasync.store.Commit;
import org.psasync.store.IntegrationState;
import org.psasync.store.Pair;
import org.psasync.store.PairQuery;
import org.psasync.store.StateStore;

/** Texts that databases do not like. */
final class OddTexts {
    static final List<String> ALL = List.of(
            "a\0b",
            "\uD800",
            "\uDC00x\uD800",
            "#hash",
            "Ünïcode 😀",
            "\\u0000",
            "' ; drop table psasync_pairs; --",
            "x".repeat(1_000_000));

    private OddTexts() {}

    static void keptBy(StateStore store) {
        try (store) {
            for (String text : ALL) {
                IntegrationState state = store.integration("odd/" + text);
                int number = ALL.indexOf(text) + 1;
                Pair pair = Pair.ofRemote(new PairId(number, 0), RemoteRef.of(AssetKind.CONTACT, text)).toBuilder()
                        .matchText(text)
                        .turnedAway(Set.of(text))
                        .awaited(Set.of(LocalRef.of(AssetKind.ORGANIZATION, text)))
                        .build();
                state.commit(Commit.builder().put(pair).build());
                assertThat(state.byRemote(RemoteRef.of(AssetKind.CONTACT, text)))
                        .contains(pair.versioned(1));
                assertThat(state.pairs(new PairQuery.Unlinked(AssetKind.CONTACT, Set.of(text)), null, 9))
                        .hasSize(1);
                assertThat(state.turnedAway().get(AssetKind.CONTACT)).containsEntry(text, 1L);
                state.lease(text, java.time.Duration.ofMinutes(1), java.time.Instant.EPOCH);
                assertThat(state.running(java.time.Instant.EPOCH).orElseThrow().holder())
                        .isEqualTo(text);
            }
        }
    }
}
