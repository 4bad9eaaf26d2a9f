package org.psasync.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;
import org.psasync.engine.Disposition;
import org.psasync.model.AssetKind;
import org.psasync.model.Choice;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.FieldValues;
import org.psasync.model.LocalId;
import org.psasync.model.OrganizationFields;
import org.psasync.model.OrphanReason;
import org.psasync.model.PairId;
import org.psasync.model.Problem;
import org.psasync.model.RemoteId;
import org.psasync.model.RemoteRef;
import org.psasync.model.SyncState;
import org.psasync.spi.RemoteVersion;

/** Random commits; what the store counts is what its lists hold (DATA-1). */
class LinkCountsPropertyTest {
    private static final List<AssetKind> KINDS =
            List.of(AssetKind.ORGANIZATION, AssetKind.CONFIGURATION, AssetKind.CONTACT);
    private static final int PAIRS = 12;

    @Property(tries = 300)
    @Label("DATA-1: counts agree with the lists behind them, in the store and in its fork")
    void countsWhatItLists(@ForAll long seed) {
        Random random = new Random(seed);
        IntegrationState state = StateStore.inMemory().integration("contoso/fake");
        for (int i = 0; i < 60; i++) {
            change(state, random);
        }
        IntegrationState fork = state.fork();
        change(fork, random);
        check(state);
        check(fork);
    }

    private static void change(IntegrationState state, Random random) {
        AssetKind kind = any(KINDS, random);
        PairId id = new PairId(KINDS.indexOf(kind), random.nextInt(PAIRS));
        Optional<Pair> stored = state.pair(id);
        if (stored.isPresent() && random.nextInt(6) == 0) {
            state.commit(Commit.builder().delete(stored.get()).build());
            return;
        }
        Pair before = stored.orElseGet(() -> Pair.ofRemote(id, new RemoteRef(kind, new RemoteId("" + id.low()))));
        Pair.Builder after = before.toBuilder();
        switch (random.nextInt(6)) {
            case 0 -> after.observed(observed(kind, random));
            case 1 -> after.state(null).local(null);
            case 2 -> after.dirty(random.nextBoolean());
            case 3 ->
                after.disposition(any(List.of(Disposition.values()), random))
                        .turnedAway(random.nextBoolean() ? Set.of("TYPE") : Set.of());
            case 4 ->
                after.trouble(
                        random.nextBoolean()
                                ? Trouble.NONE
                                : Trouble.NONE.withFailure(new Trouble.Failure(
                                        Trouble.Side.PSA,
                                        List.of(Problem.ofRecord(Problem.Code.REFUSED, "no")),
                                        1,
                                        null)));
            default -> state(after.local(new LocalId("local-" + id.low())), random);
        }
        state.commit(Commit.builder().put(after.build()).build());
    }

    private static void state(Pair.Builder pair, Random random) {
        SyncState state = any(List.of(SyncState.values()), random);
        if (state == SyncState.ORPHANED) {
            Set<OrphanReason> reasons = new HashSet<>(Set.of(OrphanReason.INACTIVE));
            reasons.add(any(List.of(OrphanReason.values()), random));
            pair.orphaned(reasons);
        } else {
            pair.state(state);
        }
    }

    private static Observation observed(AssetKind kind, Random random) {
        FieldValues.Builder values = FieldValues.of(kind);
        Choice status = random.nextInt(4) == 0 ? null : choice(random);
        if (kind == AssetKind.ORGANIZATION) {
            Set<Choice> types = new HashSet<>();
            types.add(choice(random));
            types.add(choice(random));
            values.set(OrganizationFields.TYPES, random.nextInt(4) == 0 ? null : types);
            values.set(OrganizationFields.STATUS, status);
        } else if (kind == AssetKind.CONFIGURATION) {
            values.set(ConfigurationFields.TYPE, choice(random));
            if (random.nextInt(4) > 0) {
                values.set(ConfigurationFields.STATUS, status);
            }
        }
        return new Observation(values.build(), RemoteVersion.UNKNOWN, false, Instant.EPOCH, null);
    }

    private static Choice choice(Random random) {
        int number = random.nextInt(3);
        return new Choice("" + number, "name " + number);
    }

    private static <T> T any(List<T> all, Random random) {
        return all.get(random.nextInt(all.size()));
    }

    private static void check(IntegrationState state) {
        for (AssetKind kind : KINDS) {
            List<Pair> links = state.pairs(new PairQuery.OfKind(kind), null, 1000).stream()
                    .filter(Pair::linked)
                    .toList();
            Map<Place, List<Pair>> placed = new HashMap<>();
            links.forEach(pair -> Place.of(pair.remoteValues())
                    .forEach(place -> placed.computeIfAbsent(place, key -> new ArrayList<>())
                            .add(pair)));

            assertThat(state.links().get(kind)).isEqualTo(counted(links));
            assertThat(listed(state, new PairQuery.Placed(kind, null))).isEqualTo(links);
            Map<Place, LinkCounts> kept = state.placed().getOrDefault(kind, Map.of());
            assertThat(kept).containsOnlyKeys(placed.keySet());
            placed.forEach((place, pairs) -> {
                assertThat(kept).containsEntry(place, counted(pairs));
                assertThat(listed(state, new PairQuery.Placed(kind, place))).isEqualTo(pairs);
                assertThat(listed(state, new PairQuery.Failed(kind, place)))
                        .isEqualTo(pairs.stream()
                                .filter(LinkCountsPropertyTest::hasFailed)
                                .toList());
                for (SyncState each : SyncState.values()) {
                    assertThat(listed(state, new PairQuery.Placed(kind, place, each)))
                            .isEqualTo(pairs.stream()
                                    .filter(pair -> pair.state() == each)
                                    .toList());
                }
            });
            for (SyncState each : SyncState.values()) {
                assertThat(listed(state, new PairQuery.InState(kind, each, null)))
                        .isEqualTo(links.stream()
                                .filter(pair -> pair.state() == each)
                                .toList());
            }
            assertThat(listed(state, new PairQuery.Failed(kind, null)))
                    .isEqualTo(links.stream()
                            .filter(LinkCountsPropertyTest::hasFailed)
                            .toList());
            checkStanding(state, kind);
            for (OrphanReason reason : OrphanReason.values()) {
                assertThat(listed(state, new PairQuery.InState(kind, SyncState.ORPHANED, reason)))
                        .isEqualTo(links.stream()
                                .filter(pair -> pair.reasons().contains(reason))
                                .toList());
            }
            assertThat(listed(state, new PairQuery.LeftAlone(kind)))
                    .isEqualTo(links.stream().filter(Pair::leftAlone).toList());
        }
    }

    /** Where records stand is told by four sorts of lists together. */
    private static void checkStanding(IntegrationState state, AssetKind kind) {
        List<Pair> all = listed(state, new PairQuery.OfKind(kind));
        Map<Disposition, Long> counts = state.counts().getOrDefault(kind, Map.of());
        for (Disposition disposition : Disposition.values()) {
            Set<Pair> found = new HashSet<>(listed(state, new PairQuery.Standing(kind, disposition)));
            found.addAll(listed(state, new PairQuery.Dirty(kind)));
            found.addAll(listed(state, new PairQuery.TurnedAway(kind)));
            for (SyncState each : SyncState.values()) {
                found.addAll(listed(state, new PairQuery.InState(kind, each, null)));
            }
            found.removeIf(pair -> pair.standing() != disposition);
            assertThat(found).hasSize(counts.getOrDefault(disposition, 0L).intValue());
            assertThat(listed(state, new PairQuery.Standing(kind, disposition)))
                    .isEqualTo(all.stream()
                            .filter(pair -> pair.standingApart() == disposition)
                            .toList());
        }
        assertThat(listed(state, new PairQuery.TurnedAway(kind)))
                .isEqualTo(all.stream()
                        .filter(pair -> !pair.turnedAway().isEmpty())
                        .toList());
    }

    private static boolean hasFailed(Pair pair) {
        return pair.trouble().failure() != null;
    }

    private static LinkCounts counted(List<Pair> links) {
        Map<SyncState, Long> states = new HashMap<>();
        links.forEach(pair -> states.merge(pair.state(), 1L, Long::sum));
        return new LinkCounts(
                states, links.stream().filter(LinkCountsPropertyTest::hasFailed).count());
    }

    /** Reads a list in pages of three. */
    private static List<Pair> listed(IntegrationState state, PairQuery query) {
        List<Pair> result = new ArrayList<>();
        @Nullable PairId after = null;
        while (true) {
            List<Pair> page = state.pairs(query, after, 3);
            if (page.isEmpty()) {
                return result;
            }
            result.addAll(page);
            after = page.get(page.size() - 1).id();
        }
    }
}
