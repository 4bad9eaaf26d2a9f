package org.psasync.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.psasync.model.AssetKind.CONTACT;
import static org.psasync.model.AssetKind.ORGANIZATION;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.psasync.engine.Disposition;
import org.psasync.model.Choice;
import org.psasync.model.FieldValues;
import org.psasync.model.LocalId;
import org.psasync.model.LocalRef;
import org.psasync.model.OrganizationFields;
import org.psasync.model.OrphanReason;
import org.psasync.model.PairId;
import org.psasync.model.Problem;
import org.psasync.model.RemoteId;
import org.psasync.model.RemoteRef;
import org.psasync.model.SyncState;
import org.psasync.spi.Draft;
import org.psasync.spi.RemoteVersion;
import org.psasync.spi.WriteOptions;
import org.psasync.store.Commit;
import org.psasync.store.Event;
import org.psasync.store.EventQuery;
import org.psasync.store.InFlight;
import org.psasync.store.IntegrationState;
import org.psasync.store.Lease;
import org.psasync.store.LinkCounts;
import org.psasync.store.Observation;
import org.psasync.store.Pair;
import org.psasync.store.PairQuery;
import org.psasync.store.Place;
import org.psasync.store.Progress;
import org.psasync.store.Setup;
import org.psasync.store.StaleStateException;
import org.psasync.store.StateStore;
import org.psasync.store.Trouble;

/**
 * What every {@link StateStore} does: one test or more for each rule of {@link IntegrationState}, under its number.
 *
 * <p>To prove a store, extend this class and return a new, empty store from {@link #open}. Where the store outlives a
 * restart, return one on the same memory from {@link #openAgain} too. The failures say what a store must do.
 */
public abstract class StateStoreContract {
    private static final Instant NOW = Instant.parse("2026-03-01T08:00:00Z");
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private @Nullable StateStore store;

    /** For subclasses. */
    protected StateStoreContract() {}

    /** Returns a new store that remembers nothing. */
    protected abstract StateStore open();

    /**
     * Returns another store on what the one that {@link #open} returned last remembers, as after a restart or on another
     * node; empty when the store does not outlive the process.
     */
    protected Optional<StateStore> openAgain() {
        return Optional.empty();
    }

    /** Opens a store for a test. */
    @BeforeEach
    final void openStore() {
        store = open();
    }

    /** Closes it. */
    @AfterEach
    final void closeStore() {
        if (store != null) {
            store.close();
        }
    }

    private IntegrationState state(String name) {
        if (store == null) {
            throw new IllegalStateException("open() returned no store");
        }
        return store.integration(name);
    }

    private IntegrationState state() {
        return state("contoso/one");
    }

    private static PairId id(long number) {
        return new PairId(number << 60, number);
    }

    private static Pair pair(long number) {
        return Pair.ofRemote(id(number), RemoteRef.of(ORGANIZATION, "r" + number));
    }

    private static Pair link(long number) {
        return pair(number).toBuilder()
                .local(new LocalId("l" + number))
                .state(SyncState.SYNCING)
                .build();
    }

    private static Commit putting(Pair... pairs) {
        Commit.Builder commit = Commit.builder();
        List.of(pairs).forEach(commit::put);
        return commit.build();
    }

    private static Pair stored(IntegrationState state, long number) {
        return state.pair(id(number))
                .orElseThrow(
                        () -> new AssertionError("S2: pair " + number + " was committed; pair(id) must return it"));
    }

    private static void assertRefused(IntegrationState state, Commit commit, String why) {
        assertThatThrownBy(() -> state.commit(commit), why + "; throw a StaleStateException and store nothing")
                .isInstanceOf(StaleStateException.class);
    }

    private static List<Long> numbers(List<Pair> pairs) {
        return pairs.stream().map(pair -> pair.id().low()).toList();
    }

    private static List<Long> all(IntegrationState state, PairQuery query) {
        return numbers(state.pairs(query, null, 100));
    }

    private static Event event(String reason) {
        return new Event(
                0, NOW, null, "mia", Event.Type.NOTED, ORGANIZATION, null, null, new RemoteId("r1"), List.of(), reason);
    }

    /** Many threads count up the same pair. */
    @Test
    @DisplayName("S1: Threads that change the same pair lose no change")
    void threadsLoseNoChange() throws Exception {
        IntegrationState state = state();
        state.commit(putting(pair(1)));
        int threads = 4;
        int changes = 10;
        AtomicInteger refused = new AtomicInteger();
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            List<Future<Void>> ends = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                Callable<Void> work = () -> {
                    for (int done = 0; done < changes; ) {
                        Pair old = stored(state, 1);
                        try {
                            state.commit(putting(
                                    old.toBuilder().seenIn(old.seenIn() + 1).build()));
                            done++;
                        } catch (StaleStateException somebodyElse) {
                            refused.incrementAndGet();
                        }
                    }
                    return null;
                };
                ends.add(executor.submit(work));
            }
            for (Future<Void> end : ends) {
                end.get();
            }
        } finally {
            executor.shutdownNow();
        }
        assertThat(stored(state, 1).seenIn())
                .as(
                        "S1: %d changes were acknowledged and %d refused; compare the version and write in one step",
                        40, refused.get())
                .isEqualTo((long) threads * changes);
        assertThat(state.counts().get(ORGANIZATION)).isEqualTo(Map.of(Disposition.CHANGE_WAITING, 1L));
    }

    /** A commit with one stale part. */
    @Test
    @DisplayName("S2: A commit of which one part is refused leaves nothing behind")
    void wholeOrNotAtAll() {
        IntegrationState state = state();
        state.commit(putting(pair(1)));
        Commit half = Commit.builder()
                .put(pair(2))
                .put(pair(1))
                .event(event("half"))
                .progress(Progress.none().withFeedMark("half"))
                .build();
        assertRefused(state, half, "S2: pair 1 has version 1 by now, and the commit is of version 0");
        assertThat(state.pair(id(2)))
                .as("S2: the pair beside the refused one must not be stored")
                .isEmpty();
        assertThat(state.events(EventQuery.ALL)).as("S2: nor the event").isEmpty();
        assertThat(state.progress().feedMark()).as("S2: nor the progress").isNull();
        assertThat(state.counts().get(ORGANIZATION))
                .as("S2: nor any count")
                .isEqualTo(Map.of(Disposition.CHANGE_WAITING, 1L));
    }

    /** Everything that a commit holds. */
    @Test
    @DisplayName("S2: What was committed is seen by every question, and after a restart")
    void whatWasCommittedIsSeen() {
        IntegrationState state = state();
        Setup setup = Setup.initial();
        state.commit(Commit.builder()
                .put(link(1))
                .event(event("first"))
                .event(event("second"))
                .setup(setup.withSettings(setup.settings().oneWay()))
                .progress(Progress.none().withFeedMark("mark"))
                .build());
        assertSeen(state);
        openAgain().ifPresent(again -> {
            assertSeen(again.integration("contoso/one"));
            again.close();
        });
    }

    private static void assertSeen(IntegrationState state) {
        Pair link = stored(state, 1);
        assertThat(link).isEqualTo(link(1).versioned(1));
        assertThat(state.byLocal(LocalRef.of(ORGANIZATION, "l1"))).contains(link);
        assertThat(state.byRemote(RemoteRef.of(ORGANIZATION, "r1"))).contains(link);
        assertThat(state.byLocal(ORGANIZATION, List.of(new LocalId("l1"), new LocalId("x"))))
                .hasSize(1);
        assertThat(state.byRemote(CONTACT, List.of(new RemoteId("r1"))))
                .as("S2: an id counts within its kind")
                .isEmpty();
        assertThat(state.events(EventQuery.ALL).stream().map(Event::reason)).containsExactly("first", "second");
        assertThat(state.events(EventQuery.ALL).stream().map(Event::number))
                .as("S2: events are numbered upwards, so that one can be gone on behind")
                .isSorted()
                .doesNotHaveDuplicates()
                .doesNotContain(0L);
        assertThat(state.setup().version()).isEqualTo(1);
        assertThat(state.setup().settingsVersion()).isEqualTo(1);
        assertThat(state.progress().feedMark()).isEqualTo("mark");
        assertThat(state.progress().version()).isEqualTo(1);
    }

    /** Pairs, setup, progress and deletes of an old version. */
    @Test
    @DisplayName("S3: What was changed since it was read is neither stored nor forgotten")
    void oldVersionsAreRefused() {
        IntegrationState state = state();
        state.commit(putting(pair(1)));
        Pair read = stored(state, 1);
        assertThat(read.version()).as("S3: the version grows by one").isEqualTo(1);
        state.commit(putting(read.toBuilder().dirty(true).build()));
        assertThat(stored(state, 1).version())
                .as("S3: the version grows by one")
                .isEqualTo(2);
        assertRefused(state, putting(read), "S3: the pair was changed since it was read");
        assertRefused(
                state, Commit.builder().delete(read).build(), "S3: a pair that changed since is not forgotten either");
        assertRefused(state, putting(pair(1)), "S3: version 0 says that there was no such pair");
        assertRefused(state, putting(pair(2).versioned(4)), "S3: there is no such pair any more");
        state.commit(Commit.builder().setup(Setup.initial()).build());
        assertRefused(state, Commit.builder().setup(Setup.initial()).build(), "S3: the setup was changed since");
        state.commit(Commit.builder().progress(Progress.none()).build());
        assertRefused(state, Commit.builder().progress(Progress.none()).build(), "S3: the progress was changed since");
        state.commit(Commit.builder().delete(stored(state, 1)).build());
        assertThat(state.pair(id(1))).isEmpty();
        assertThat(state.byRemote(RemoteRef.of(ORGANIZATION, "r1")))
                .as("S3: a pair that is forgotten is in no index")
                .isEmpty();
        assertThat(state.counts().get(ORGANIZATION)).as("S3: and in no count").isEmpty();
    }

    /** Records in two pairs. */
    @Test
    @DisplayName("S4: No record is in two pairs, and one can change hands within a commit")
    void aRecordHasOnePair() {
        IntegrationState state = state();
        state.commit(putting(link(1), link(2)));
        Pair sameRemote = pair(3).toBuilder().remote(new RemoteId("r1")).build();
        assertRefused(state, putting(sameRemote), "S4: r1 is in pair 1");
        Pair sameLocal = pair(3).toBuilder().local(new LocalId("l1")).build();
        assertRefused(state, putting(sameLocal), "S4: l1 is in pair 1");
        Pair twin = pair(4).toBuilder().remote(new RemoteId("r3")).build();
        assertRefused(state, putting(pair(3), twin), "S4: r3 would be in two pairs of the same commit");
        Pair first = stored(state, 1);
        Pair second = stored(state, 2);
        state.commit(putting(
                first.toBuilder().remote(second.remote()).build(),
                second.toBuilder().remote(first.remote()).build()));
        assertThat(state.byRemote(RemoteRef.of(ORGANIZATION, "r1")).map(Pair::id))
                .as("S4: the two pairs swapped their records")
                .contains(id(2));
        state.commit(Commit.builder().delete(stored(state, 2)).put(sameRemote).build());
        assertThat(state.byRemote(RemoteRef.of(ORGANIZATION, "r1")).map(Pair::id))
                .as("S4: the pair that held r1 was forgotten in the same commit")
                .contains(id(3));
    }

    /** Who may run. */
    @Test
    @DisplayName("S5: A lease has one holder, and nothing is stored under a lease that was lost")
    void aLeaseHasOneHolder() {
        IntegrationState state = state();
        Lease lease = state.lease("one", MINUTE, NOW).orElseThrow();
        assertThat(state.lease("two", MINUTE, NOW.plusSeconds(59)))
                .as("S5: the lease of \"one\" has a second left")
                .isEmpty();
        assertThat(state.running(NOW)).contains(lease);
        Instant later = NOW.plusSeconds(60);
        assertThat(state.running(later)).as("S5: it has ended").isEmpty();
        Lease next = state.lease("two", MINUTE, later).orElseThrow();
        assertThat(next.epoch())
                .as("S5: the epoch grows when the lease changes hands")
                .isGreaterThan(lease.epoch());
        assertRefused(state, Commit.builder().put(pair(1)).lease(lease).build(), "S5: the lease was lost to \"two\"");
        assertThatThrownBy(() -> state.renew(lease, MINUTE, later), "S5: a lost lease cannot be renewed")
                .isInstanceOf(StaleStateException.class);
        state.release(lease);
        assertThat(state.running(later))
                .as("S5: giving a lost lease back changes nothing")
                .contains(next);
        state.commit(Commit.builder().put(pair(1)).lease(next).build());
        assertThat(state.cancel("mia", later)).isTrue();
        assertThat(state.renew(next, MINUTE, later).cancelledBy())
                .as("S5: the holder hears from renew that it should stop")
                .isEqualTo("mia");
        state.release(next);
        assertThat(state.cancel("mia", later)).as("S5: no run is going on").isFalse();
        assertRefused(state, Commit.builder().put(pair(2)).lease(next).build(), "S5: the lease was given back");
        assertThat(state.lease("one", MINUTE, later).orElseThrow().epoch())
                .as("S5: an epoch is never given twice")
                .isGreaterThan(next.epoch());
    }

    /** Who may decide a pair. */
    @Test
    @DisplayName("S5: A claim has one holder until it ends or is given back")
    void aClaimHasOneHolder() {
        IntegrationState state = state();
        assertThat(state.claim(id(1), "one", NOW.plus(MINUTE), NOW)).isTrue();
        assertThat(state.claim(id(1), "two", NOW.plus(MINUTE), NOW))
                .as("S5: \"one\" has it")
                .isFalse();
        assertThat(state.claim(id(2), "two", NOW.plus(MINUTE), NOW))
                .as("S5: another pair")
                .isTrue();
        state.unclaim(id(1), "two");
        assertThat(state.claim(id(1), "two", NOW.plus(MINUTE), NOW))
                .as("S5: only its holder gives a claim back")
                .isFalse();
        assertThat(state.claim(id(1), "two", NOW.plusSeconds(120), NOW.plus(MINUTE)))
                .as("S5: the claim has ended")
                .isTrue();
        state.unclaim(id(1), "two");
        assertThat(state.claim(id(1), "one", NOW.plusSeconds(120), NOW.plus(MINUTE)))
                .isTrue();
    }

    /** Order and pages. */
    @Test
    @DisplayName("S6: Answers are ordered by pair id, and pages hold each pair once while the list changes")
    void pagesAreOrderedById() {
        IntegrationState state = state();
        for (long number : new long[] {9, 3, 15, 1, 7}) {
            state.commit(putting(pair(number).toBuilder().dirty(true).build()));
        }
        PairQuery dirty = new PairQuery.Dirty(ORGANIZATION);
        List<Pair> first = state.pairs(dirty, null, 2);
        assertThat(numbers(first))
                .as("S6: ordered by id, as PairId.compareTo does (unsigned), and no more than the limit")
                .containsExactly(1L, 3L);
        state.commit(putting(first.get(1).toBuilder().dirty(false).build()));
        assertThat(numbers(state.pairs(dirty, first.get(1).id(), 2)))
                .as("S6: the next page begins behind the last pair, though that is no longer in the list")
                .containsExactly(7L, 9L);
        assertThat(numbers(state.pairs(dirty, id(9), 2))).containsExactly(15L);
        assertThat(all(state, dirty)).containsExactly(1L, 7L, 9L, 15L);
    }

    /** All lists and counts. */
    @Test
    @DisplayName("S6: Every question finds the pairs it is about, as they are now")
    void everyQuestionIsAnswered() {
        IntegrationState state = state();
        Choice client = new Choice("7", "Client");
        FieldValues values = FieldValues.of(ORGANIZATION)
                .set(OrganizationFields.TYPES, Set.of(client))
                .set(OrganizationFields.STATUS, null)
                .build();
        Pair orphan = link(1).toBuilder()
                .orphaned(Set.of(OrphanReason.KIND_NOT_ENABLED))
                .observed(new Observation(values, new RemoteVersion("1", null), false, NOW, null))
                .seenIn(2)
                .dueAt(NOW)
                .awaited(Set.of(LocalRef.of(CONTACT, "c1"), RemoteRef.of(CONTACT, "c2")))
                .disposition(Disposition.CHANGE_WAITING)
                .build();
        Pair unlinked = pair(2).toBuilder()
                .matchText("acme")
                .seenIn(1)
                .turnedAway(Set.of("TYPE"))
                .build();
        Pair alone = link(3).toBuilder().state(SyncState.DISABLED).build();
        state.commit(putting(orphan, unlinked, alone));

        PairQuery.Placed ofClients =
                new PairQuery.Placed(ORGANIZATION, new Place(OrganizationFields.TYPES, new Choice("7", "renamed")));
        PairQuery.InState orphans =
                new PairQuery.InState(ORGANIZATION, SyncState.ORPHANED, OrphanReason.KIND_NOT_ENABLED);
        assertThat(all(state, new PairQuery.OfKind(ORGANIZATION))).containsExactly(1L, 2L, 3L);
        assertThat(all(state, new PairQuery.OfKind(CONTACT))).isEmpty();
        assertThat(all(state, ofClients)).containsExactly(1L);
        assertThat(all(state, new PairQuery.Placed(ORGANIZATION, null))).containsExactly(1L, 3L);
        assertThat(all(state, orphans)).containsExactly(1L);
        assertThat(all(state, new PairQuery.LeftAlone(ORGANIZATION))).containsExactly(3L);
        assertThat(all(state, new PairQuery.NotSeenIn(ORGANIZATION, 2))).containsExactly(2L, 3L);
        assertThat(all(state, new PairQuery.Due(NOW))).containsExactly(1L);
        assertThat(all(state, new PairQuery.Due(NOW.minusNanos(1)))).isEmpty();
        assertThat(state.nextDue(NOW.minusNanos(1))).contains(NOW);
        assertThat(state.nextDue(NOW)).isEmpty();
        assertThat(state.fork().nextDue(NOW.minusNanos(1))).contains(NOW);
        assertThat(all(state, new PairQuery.Unlinked(ORGANIZATION, Set.of("acme", "other"))))
                .containsExactly(2L);
        assertThat(all(state, new PairQuery.Awaiting(Set.of(LocalRef.of(CONTACT, "c1"), RemoteRef.of(CONTACT, "c2")))))
                .as("S6: a pair that waits for two of the records is listed once")
                .containsExactly(1L);
        assertThat(all(state, new PairQuery.Awaiting(Set.of(RemoteRef.of(CONTACT, "c1")))))
                .isEmpty();
        assertThat(state.turnedAway().get(ORGANIZATION))
                .isEqualTo(Map.of("TYPE", 1L, OrphanReason.KIND_NOT_ENABLED.name(), 1L));
        assertThat(state.links().get(ORGANIZATION))
                .isEqualTo(new LinkCounts(Map.of(SyncState.ORPHANED, 1L, SyncState.DISABLED, 1L), 0));
        LinkCounts one = new LinkCounts(Map.of(SyncState.ORPHANED, 1L), 0);
        assertThat(state.placed().get(ORGANIZATION))
                .as("S6: counts agree with the lists behind them; a blank status is a place of its own")
                .isEqualTo(Map.of(
                        new Place(OrganizationFields.TYPES, client), one,
                        new Place(OrganizationFields.STATUS, null), one));

        state.commit(putting(stored(state, 1).toBuilder()
                .state(SyncState.SYNCING)
                .observed(null)
                .dueAt(null)
                .awaited(Set.of())
                .build()));
        assertThat(all(state, ofClients))
                .as("S6: what a pair no longer is, it is not found by")
                .isEmpty();
        assertThat(all(state, orphans)).isEmpty();
        assertThat(all(state, new PairQuery.InState(ORGANIZATION, SyncState.SYNCING, null)))
                .containsExactly(1L);
        assertThat(state.placed().get(ORGANIZATION)).isEmpty();
        assertThat(state.turnedAway().get(ORGANIZATION)).isEqualTo(Map.of("TYPE", 1L));
    }

    /** What counts show has lists behind it. */
    @Test
    @DisplayName("S6: Links are found by place and state, by failure, and pairs by where they stand")
    void whatIsCountedIsListed() {
        IntegrationState state = state();
        Choice client = new Choice("7", "Client");
        Place clients = new Place(OrganizationFields.TYPES, client);
        FieldValues values = FieldValues.of(ORGANIZATION)
                .set(OrganizationFields.TYPES, Set.of(client))
                .set(OrganizationFields.STATUS, null)
                .build();
        Observation seen = new Observation(values, new RemoteVersion("1", null), false, NOW, null);
        Trouble failing = Trouble.NONE.withFailure(
                new Trouble.Failure(Trouble.Side.HOST, List.of(Problem.ofRecord(Problem.Code.REFUSED, "no")), 1, null));
        Pair fine = link(1).toBuilder()
                .observed(seen)
                .disposition(Disposition.IN_SYNC)
                .build();
        Pair failed = link(2).toBuilder()
                .observed(seen)
                .trouble(failing)
                .disposition(Disposition.REFUSED_BY_HOST)
                .build();
        Pair orphan = link(3).toBuilder()
                .orphaned(Set.of(OrphanReason.INACTIVE))
                .observed(seen)
                .disposition(Disposition.ORPHANED)
                .build();
        Pair away = pair(4).toBuilder()
                .disposition(Disposition.NOT_SELECTED)
                .turnedAway(Set.of("TYPE"))
                .build();
        Pair waiting = pair(5).toBuilder().dirty(true).trouble(failing).build();
        Pair review = pair(6).toBuilder().disposition(Disposition.IN_REVIEW).build();
        state.commit(putting(fine, failed, orphan, away, waiting, review));

        assertThat(all(state, new PairQuery.Placed(ORGANIZATION, clients))).containsExactly(1L, 2L, 3L);
        assertThat(all(state, new PairQuery.Placed(ORGANIZATION, clients, SyncState.SYNCING)))
                .containsExactly(1L, 2L);
        assertThat(all(state, new PairQuery.Placed(ORGANIZATION, clients, SyncState.ORPHANED)))
                .containsExactly(3L);
        assertThat(all(state, new PairQuery.Placed(ORGANIZATION, null, SyncState.SYNCING)))
                .containsExactly(1L, 2L);
        assertThat(all(state, new PairQuery.Failed(ORGANIZATION, null)))
                .as("S6: the links that LinkCounts.failed counts; pair 5 is no link")
                .containsExactly(2L);
        assertThat(all(state, new PairQuery.Failed(ORGANIZATION, clients))).containsExactly(2L);
        assertThat(all(state, new PairQuery.Failed(ORGANIZATION, new Place(OrganizationFields.TYPES, null))))
                .isEmpty();
        assertThat(all(state, new PairQuery.TurnedAway(ORGANIZATION))).containsExactly(4L);
        assertThat(all(state, new PairQuery.Standing(ORGANIZATION, Disposition.REFUSED_BY_HOST)))
                .containsExactly(2L);
        assertThat(all(state, new PairQuery.Standing(ORGANIZATION, Disposition.IN_REVIEW)))
                .containsExactly(6L);
        for (Disposition elsewhere : List.of(
                Disposition.IN_SYNC, Disposition.ORPHANED, Disposition.NOT_SELECTED, Disposition.CHANGE_WAITING)) {
            assertThat(all(state, new PairQuery.Standing(ORGANIZATION, elsewhere)))
                    .as("S6: ask Pair.standingApart; another list has those that are %s", elsewhere)
                    .isEmpty();
        }

        state.commit(putting(stored(state, 2).toBuilder()
                .orphaned(Set.of(OrphanReason.INACTIVE))
                .trouble(Trouble.NONE)
                .disposition(Disposition.ORPHANED)
                .build()));
        assertThat(all(state, new PairQuery.Placed(ORGANIZATION, clients, SyncState.SYNCING)))
                .as("S6: what a pair no longer is, it is not found by")
                .containsExactly(1L);
        assertThat(all(state, new PairQuery.Failed(ORGANIZATION, clients))).isEmpty();
        assertThat(all(state, new PairQuery.Standing(ORGANIZATION, Disposition.REFUSED_BY_HOST)))
                .isEmpty();
    }

    /** The log. */
    @Test
    @DisplayName("S2: The log is asked for what is wanted, oldest first, and forgotten by age")
    void theLogIsAsked() {
        IntegrationState state = state();
        Event later = new Event(
                0,
                NOW.plusSeconds(5),
                "run-1",
                null,
                Event.Type.LINKED,
                ORGANIZATION,
                id(1),
                new LocalId("l1"),
                null,
                List.of(new Event.Change(OrganizationFields.NAME, null, "Acme")),
                "later");
        state.commit(Commit.builder().event(event("first")).event(later).build());
        assertThat(reasons(state, EventQuery.ALL.ofRun("run-1"))).containsExactly("later");
        assertThat(reasons(state, EventQuery.ALL.ofActor("mia").onlyOutsideRuns()))
                .containsExactly("first");
        assertThat(reasons(state, EventQuery.ALL.ofPair(id(1)))).containsExactly("later");
        assertThat(reasons(state, EventQuery.ALL.ofType(Event.Type.NOTED))).containsExactly("first");
        assertThat(reasons(
                        state,
                        EventQuery.ALL.ofRecords(
                                Set.of(RemoteRef.of(ORGANIZATION, "r1"), LocalRef.of(ORGANIZATION, "l1")))))
                .containsExactly("first", "later");
        assertThat(reasons(state, EventQuery.ALL.since(NOW.plusSeconds(5)))).containsExactly("later");
        assertThat(reasons(state, EventQuery.ALL.until(NOW.plusSeconds(5)))).containsExactly("first");
        assertThat(reasons(state, EventQuery.ALL.limit(1))).containsExactly("first");
        assertThat(state.events(EventQuery.ALL.ofRun("run-1")).get(0).changes()).isEqualTo(later.changes());
        Event setBack = new Event(
                0, NOW.plusSeconds(1), null, null, Event.Type.NOTED, null, null, null, null, List.of(), "set back");
        state.commit(Commit.builder().event(setBack).build());
        assertThat(reasons(state, EventQuery.ALL.since(NOW.plusSeconds(1))))
                .as("S2: the clock that wrote the last event went behind")
                .containsExactly("later", "set back");
        long number = state.events(EventQuery.ALL.ofRun("run-1")).get(0).number();
        assertThat(reasons(state, EventQuery.ALL.after(number))).containsExactly("set back");
        state.forgetEventsBefore(NOW.plusSeconds(1));
        assertThat(reasons(state, EventQuery.ALL)).containsExactly("later", "set back");
        state.forgetEventsBefore(NOW.plusSeconds(5));
        assertThat(reasons(state, EventQuery.ALL)).containsExactly("later");
    }

    /** The log from its end. */
    @Test
    @DisplayName("S2: The log is read from its end too, a page at a time, and a commit tells the numbers of its events")
    void theLogIsReadFromItsEnd() {
        IntegrationState state = state();
        long first = state.commit(
                Commit.builder().event(event("1")).event(event("2")).build());
        long third = state.commit(Commit.builder()
                .put(pair(1))
                .event(at(9, "3"))
                .event(at(4, "4"))
                .build());
        assertThat(state.events(EventQuery.ALL).stream().map(Event::number))
                .as("S2: commit returns the number of its first event; the others follow")
                .containsExactly(first, first + 1, third, third + 1);
        EventQuery latest = EventQuery.ALL.fromLatest().limit(2);
        assertThat(reasons(state, latest))
                .as("S2: the latest page is the one with the highest numbers")
                .containsExactly("4", "3");
        assertThat(reasons(state, latest.before(third)))
                .as("S2: what is before an event comes next")
                .containsExactly("2", "1");
        assertThat(reasons(state, EventQuery.ALL.before(third))).containsExactly("1", "2");
        assertThat(reasons(state, latest.ofRecords(Set.of(RemoteRef.of(ORGANIZATION, "r1")))))
                .containsExactly("4", "3");
        assertThat(reasons(state, latest.until(NOW.plusSeconds(5))))
                .as("S2: the clock that wrote the last event went behind")
                .containsExactly("4", "2");
        assertThat(reasons(state, latest.until(NOW))).isEmpty();
    }

    private static Event at(long second, String reason) {
        Event event = event(reason);
        return new Event(
                0,
                NOW.plusSeconds(second),
                event.run(),
                event.actor(),
                event.type(),
                event.kind(),
                event.pair(),
                event.local(),
                event.remote(),
                event.changes(),
                reason);
    }

    private static List<String> reasons(IntegrationState state, EventQuery query) {
        return state.events(query).stream().map(Event::reason).toList();
    }

    /** Local records of an account. */
    @Test
    @DisplayName("S7: No two integrations of an account hold the same local record")
    void anAccountsRecordsHaveOneIntegration() {
        IntegrationState one = state("contoso/one");
        IntegrationState two = state("contoso/two");
        IntegrationState stranger = state("fabrikam/two");
        one.commit(putting(link(1)));
        assertRefused(two, putting(link(1)), "S7: contoso/one holds l1");
        assertThat(two.ownedElsewhere(ORGANIZATION, List.of(new LocalId("l1"), new LocalId("l2"))))
                .isEqualTo(Map.of(new LocalId("l1"), "contoso/one"));
        assertThat(one.ownedElsewhere(ORGANIZATION, List.of(new LocalId("l1")))).isEmpty();
        stranger.commit(putting(link(1)));
        Setup cut = Setup.initial().with(Setup.initial().participation().disconnected());
        one.commit(Commit.builder().setup(cut).build());
        two.commit(putting(link(1)));
        assertThat(one.ownedElsewhere(ORGANIZATION, List.of(new LocalId("l1"))))
                .as("S7: contoso/one is disconnected; that it held l1 before hides no new owner")
                .isEqualTo(Map.of(new LocalId("l1"), "contoso/two"));
        Setup again = one.setup().with(cut.participation().connectedAgain());
        one.commit(Commit.builder().setup(again).build());
        assertThat(one.ownedElsewhere(ORGANIZATION, List.of(new LocalId("l1"))))
                .as("S7: both hold l1 now, and contoso/one was connected again")
                .isEqualTo(Map.of(new LocalId("l1"), "contoso/two"));
        assertThat(two.ownedElsewhere(ORGANIZATION, List.of(new LocalId("l1")))).isEmpty();
    }

    /** What a record is held by beside a link. */
    @Test
    @DisplayName(
            "S7: A local record is held while its PSA record is made, or while it is deleted, and not once it is cut")
    void aRecordIsHeldWhileItIsWritten() {
        IntegrationState one = state("contoso/one");
        IntegrationState two = state("contoso/two");
        Pair deleting = link(1).toBuilder()
                .state(SyncState.DISCONNECTED)
                .inFlight(new InFlight.DeletingLocal(NOW))
                .build();
        FieldValues values = FieldValues.empty(ORGANIZATION);
        Pair creating = Pair.ofLocal(id(2), LocalRef.of(ORGANIZATION, "l2")).toBuilder()
                .inFlight(new InFlight.CreatingRemote(
                        new Draft(id(2), values, List.of(), Map.of(), WriteOptions.NONE),
                        values,
                        List.of(),
                        Set.of(),
                        NOW,
                        0,
                        ""))
                .build();
        Pair cut = link(3).toBuilder().state(SyncState.DISCONNECTED).build();
        one.commit(putting(deleting, creating, cut));
        assertThat(two.ownedElsewhere(ORGANIZATION, List.of(new LocalId("l1"), new LocalId("l2"), new LocalId("l3"))))
                .as("S7: ask Pair.holdsLocal who holds a record")
                .isEqualTo(Map.of(new LocalId("l1"), "contoso/one", new LocalId("l2"), "contoso/one"));
        assertRefused(two, putting(link(1)), "S7: contoso/one is deleting l1");
        assertRefused(two, putting(link(2)), "S7: contoso/one is making a PSA record of l2");
        two.commit(putting(link(3)));
        one.commit(putting(stored(one, 1).toBuilder().inFlight(null).build()));
        two.commit(putting(link(1)));
    }

    /** Copies for rehearsals. */
    @Test
    @DisplayName("RUN-4: What is changed in a copy is not changed in the state")
    void aCopyIsACopy() {
        IntegrationState state = state();
        state.commit(putting(link(1), link(2), pair(3)));
        IntegrationState copy = state.fork();
        assertThat(copy.counts()).isEqualTo(state.counts());
        Pair dirty = copy.pair(id(1)).orElseThrow().toBuilder()
                .dirty(true)
                .state(SyncState.DISABLED)
                .build();
        copy.commit(Commit.builder()
                .put(dirty)
                .put(pair(4))
                .delete(copy.pair(id(3)).orElseThrow())
                .progress(Progress.none().withFeedMark("copy"))
                .build());
        assertThat(numbers(copy.pairs(new PairQuery.OfKind(ORGANIZATION), null, 2)))
                .containsExactly(1L, 2L);
        assertThat(numbers(copy.pairs(new PairQuery.OfKind(ORGANIZATION), id(2), 2)))
                .containsExactly(4L);
        assertThat(all(copy, new PairQuery.Dirty(ORGANIZATION))).containsExactly(1L);
        assertThat(all(copy, new PairQuery.InState(ORGANIZATION, SyncState.SYNCING, null)))
                .containsExactly(2L);
        assertThat(copy.byRemote(RemoteRef.of(ORGANIZATION, "r3"))).isEmpty();
        assertThat(copy.links().get(ORGANIZATION))
                .isEqualTo(new LinkCounts(Map.of(SyncState.DISABLED, 1L, SyncState.SYNCING, 1L), 0));
        assertThat(copy.progress().feedMark()).isEqualTo("copy");
        assertRefused(copy, putting(dirty), "S3 holds in a copy too: the pair was changed");
        assertThat(all(state, new PairQuery.OfKind(ORGANIZATION))).containsExactly(1L, 2L, 3L);
        assertThat(all(state, new PairQuery.Dirty(ORGANIZATION)))
                .as("RUN-4: the copy alone was changed")
                .isEmpty();
        assertThat(state.progress().feedMark()).isNull();
    }
}
