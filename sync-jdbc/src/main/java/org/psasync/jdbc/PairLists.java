package org.psasync.jdbc;

import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.psasync.engine.Disposition;
import org.psasync.model.AssetKind;
import org.psasync.model.AssetRef;
import org.psasync.model.LocalRef;
import org.psasync.model.OrphanReason;
import org.psasync.model.RemoteId;
import org.psasync.model.SyncState;
import org.psasync.store.Pair;
import org.psasync.store.PairQuery;
import org.psasync.store.Place;
import org.psasync.store.Trouble;

/**
 * The named lists in which a pair is found. A question is answered from its list, in the order of ids; so each question
 * costs what it returns, however many pairs there are.
 */
final class PairLists {
    private PairLists() {}

    /** Returns the lists in which a pair is; none for null. */
    static Set<String> of(@Nullable Pair pair) {
        Set<String> lists = new HashSet<>();
        if (pair == null) {
            return lists;
        }
        AssetKind kind = pair.kind();
        add(lists, pair.dirty(), dirty(kind));
        add(lists, pair.inFlight() != null, inFlight(kind));
        add(lists, needsPerson(pair), inReview(kind));
        add(lists, isIgnored(pair), ignored(kind));
        if (pair.matchText() != null) {
            lists.add(match(kind, pair.matchText()));
        }
        RemoteId organization = pair.organization();
        if (organization != null) {
            lists.add(below(kind, organization));
        }
        pair.awaited().forEach(ref -> lists.add(awaiting(ref)));
        Disposition apart = pair.standingApart();
        if (apart != null) {
            lists.add(standing(kind, apart));
        }
        add(lists, !pair.turnedAway().isEmpty(), away(kind));
        if (pair.state() != null) {
            addLink(lists, pair, pair.state());
        }
        return lists;
    }

    private static void addLink(Set<String> lists, Pair link, SyncState state) {
        AssetKind kind = link.kind();
        boolean failed = link.trouble().failure() != null;
        lists.add(inState(kind, state));
        add(lists, link.leftAlone(), leftAlone(kind));
        add(lists, failed, failed(kind, null));
        link.reasons().forEach(reason -> lists.add(orphan(kind, reason)));
        for (Place place : Place.of(link.remoteValues())) {
            lists.add(in(kind, place, state));
            add(lists, failed, failed(kind, place));
        }
    }

    private static void add(Set<String> lists, boolean isIn, String list) {
        if (isIn) {
            lists.add(list);
        }
    }

    private static boolean needsPerson(Pair pair) {
        return pair.trouble().review() != null || !pair.trouble().frozen().isEmpty();
    }

    private static boolean isIgnored(Pair pair) {
        Trouble.Ruling ruling = pair.trouble().ruling();
        return ruling != null
                && ruling.way() == Trouble.Ruling.Way.IGNORE
                && pair.trouble().review() == null
                && !pair.linked();
    }

    /**
     * Lists whose pairs together answer a question.
     *
     * @param names the names of the lists; none when nothing can be an answer
     * @param kinds the kinds of the pairs in them
     */
    record Answer(Set<String> names, Set<AssetKind> kinds) {}

    /** Returns the lists that answer a question; null when it is not answered from lists. */
    static @Nullable Answer answering(PairQuery query) {
        if (query instanceof PairQuery.Dirty dirty) {
            return in(dirty.kind(), Set.of(dirty(dirty.kind())));
        }
        if (query instanceof PairQuery.Unlinked unlinked) {
            Set<String> names = new HashSet<>();
            unlinked.matchTexts().forEach(text -> names.add(match(unlinked.kind(), text)));
            return in(unlinked.kind(), names);
        }
        if (query instanceof PairQuery.Below below) {
            return in(below.kind(), Set.of(below(below.kind(), below.organization())));
        }
        if (query instanceof PairQuery.Awaiting awaiting) {
            Set<String> names = new HashSet<>();
            awaiting.records().forEach(ref -> names.add(awaiting(ref)));
            return new Answer(names, EnumSet.allOf(AssetKind.class));
        }
        if (query instanceof PairQuery.WithWriteInFlight writes) {
            return in(writes.kind(), Set.of(inFlight(writes.kind())));
        }
        if (query instanceof PairQuery.InReview review) {
            return in(review.kind(), Set.of(inReview(review.kind())));
        }
        if (query instanceof PairQuery.Ignored ignored) {
            return in(ignored.kind(), Set.of(ignored(ignored.kind())));
        }
        if (query instanceof PairQuery.InState inState) {
            return in(inState.kind(), inState(inState));
        }
        if (query instanceof PairQuery.Placed placed) {
            return in(placed.kind(), in(placed));
        }
        if (query instanceof PairQuery.Failed failed) {
            return in(failed.kind(), Set.of(failed(failed.kind(), failed.place())));
        }
        if (query instanceof PairQuery.Standing stands) {
            return in(stands.kind(), Set.of(standing(stands.kind(), stands.disposition())));
        }
        if (query instanceof PairQuery.TurnedAway turned) {
            return in(turned.kind(), Set.of(away(turned.kind())));
        }
        return query instanceof PairQuery.LeftAlone alone ? in(alone.kind(), Set.of(leftAlone(alone.kind()))) : null;
    }

    private static Answer in(AssetKind kind, Set<String> names) {
        return new Answer(names, EnumSet.of(kind));
    }

    private static Set<String> inState(PairQuery.InState query) {
        if (query.reason() == null) {
            return Set.of(inState(query.kind(), query.state()));
        }
        return query.state() == SyncState.ORPHANED ? Set.of(orphan(query.kind(), query.reason())) : Set.of();
    }

    /** Every link is in one state. */
    private static Set<String> in(PairQuery.Placed query) {
        Set<String> names = new HashSet<>();
        for (SyncState state : SyncState.values()) {
            if (query.state() == null || query.state() == state) {
                names.add(
                        query.place() == null ? inState(query.kind(), state) : in(query.kind(), query.place(), state));
            }
        }
        return names;
    }

    private static String dirty(AssetKind kind) {
        return "dirty/" + kind;
    }

    private static String inFlight(AssetKind kind) {
        return "flight/" + kind;
    }

    private static String inReview(AssetKind kind) {
        return "review/" + kind;
    }

    private static String ignored(AssetKind kind) {
        return "ignored/" + kind;
    }

    private static String match(AssetKind kind, String text) {
        return "match/" + kind + "/" + KeyText.of(text);
    }

    private static String below(AssetKind kind, RemoteId organization) {
        return "below/" + kind + "/" + KeyText.of(organization.value());
    }

    private static String awaiting(AssetRef ref) {
        String side = ref instanceof LocalRef ? "local/" : "remote/";
        return "awaits/" + side + ref.kind() + "/" + KeyText.of(ref.idText());
    }

    private static String inState(AssetKind kind, SyncState state) {
        return "state/" + kind + "/" + state;
    }

    private static String orphan(AssetKind kind, OrphanReason reason) {
        return "orphan/" + kind + "/" + reason;
    }

    private static String leftAlone(AssetKind kind) {
        return "alone/" + kind;
    }

    private static String standing(AssetKind kind, Disposition disposition) {
        return "stands/" + kind + "/" + disposition;
    }

    private static String away(AssetKind kind) {
        return "away/" + kind;
    }

    private static String failed(AssetKind kind, @Nullable Place place) {
        return "failed/" + (place == null ? kind : text(kind, place));
    }

    private static String in(AssetKind kind, Place place, SyncState state) {
        return "in/" + text(kind, place) + "/" + state;
    }

    /** Returns a place as a part of a key. */
    static String text(AssetKind kind, Place place) {
        String choice = place.choice() == null ? "" : KeyText.of(place.choice().id());
        return kind + "/" + place.field().name() + "/" + choice;
    }
}
